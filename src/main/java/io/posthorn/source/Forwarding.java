package io.posthorn.source;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.SourceSettings;
import io.posthorn.rest.CustomHeaders;
import io.posthorn.rest.Uid;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the events of a source are sent on.
 *
 * @param application the uid of one that gets them, beside the endpoints of the source's own
 * @param headers names of those that go with them
 */
public record Forwarding(Optional<String> application, Set<String> headers) {

    private static final String TO = "forward-to";
    private static final String HEADERS = "forward-headers";

    /** @throws InvalidSettingException naming the setting that cannot be used */
    static Forwarding of(SourceSettings settings, EventFields fields) {
        return new Forwarding(
                settings.value(TO).map(uid -> checkUid(settings, uid)),
                settings.value(HEADERS)
                        .map(names -> checkHeaders(settings, names))
                        .orElseGet(() -> ofScheme(fields)));
    }

    private static String checkUid(SourceSettings settings, String uid) {
        if (!Uid.isName(uid) || uid.startsWith("app_")) {
            throw new InvalidSettingException(
                    settings.property(TO),
                    uid,
                    "the uid of an application, 1 to 256 letters, digits, '-', '_' or '.', and not beginning with app_");
        }
        return uid;
    }

    private static Set<String> checkHeaders(SourceSettings settings, String text) {
        Set<String> names = SourceRulesParser.names(text);
        names.stream()
                .filter(name -> !CustomHeaders.isName(name) || CustomHeaders.isReserved(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidSettingException(
                            settings.property(HEADERS),
                            text,
                            "a comma list of headers, such as Stripe-Signature, without those that Posthorn or HTTP set"
                                    + " themselves: " + name);
                });
        return names;
    }

    /** Where the provider has id and type; the body says the rest. */
    private static Set<String> ofScheme(EventFields fields) {
        return Stream.of(fields.idHeaders(), fields.typeHeaders())
                .flatMap(List::stream)
                .filter(name -> !CustomHeaders.isReserved(name))
                .collect(Collectors.toUnmodifiableSet());
    }
}
