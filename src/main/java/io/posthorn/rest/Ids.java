package io.posthorn.rest;

import io.posthorn.config.Internal;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;

/** Makes ids such as {@code msg_2KWPBgLlAfxdpx2AI54pPJ85f4W}: a prefix for the kind and a KSUID. */
@ApplicationScoped
public class Ids {

    private static final Pattern ANY_ID = Pattern.compile("[a-z]+_[0-9A-Za-z]{" + KsuidGenerator.LENGTH + "}");

    @Inject
    @Internal
    Clock clock;

    private KsuidGenerator ksuids;
    private KsuidGenerator shortKsuids;

    @PostConstruct
    void start() {
        ksuids = new KsuidGenerator(clock, new SecureRandom());
        shortKsuids = KsuidGenerator.ofShort(clock, new SecureRandom());
    }

    /** @param prefix with its underscore, such as {@code msg_} */
    public String next(String prefix) {
        return prefix + ksuids.next();
    }

    /** An id of 22 letters and digits, as Svix gives to sources; it sorts by time as well. */
    public String nextShort(String prefix) {
        return prefix + shortKsuids.next();
    }

    /** What sorts before every id of the kind that was made at the moment or later. */
    public static String floor(String prefix, Instant moment) {
        return prefix + KsuidGenerator.floor(moment);
    }

    /** Whether a text is an id of a kind. */
    public static boolean isId(String prefix, String text) {
        return text.startsWith(prefix) && looksLikeId(text);
    }

    /** Whether a text has the form of an id, which a uid must not have. */
    public static boolean looksLikeId(String text) {
        return ANY_ID.matcher(text).matches();
    }
}
