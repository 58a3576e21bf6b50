package io.posthorn.rest;

import io.posthorn.config.Internal;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/** Makes ids such as {@code msg_2KWPBgLlAfxdpx2AI54pPJ85f4W}: a prefix for the kind and a KSUID. */
@ApplicationScoped
public class Ids {

    /** As long as columns of ids are. */
    private static final int MAX_LENGTH = 64;

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

    /** Whether a text can be an id of a kind: a Svix server asks for the prefix alone, and people have made ids up. */
    public static boolean isId(String prefix, String text) {
        return text.startsWith(prefix)
                && text.length() > prefix.length()
                && text.length() <= MAX_LENGTH
                && Uid.isName(text);
    }
}
