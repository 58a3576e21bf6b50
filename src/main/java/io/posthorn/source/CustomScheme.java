package io.posthorn.source;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.SourceSettings;
import io.posthorn.signature.KeyFormat;
import io.posthorn.signature.ReplayWindow;
import io.posthorn.signature.SignatureAlgorithm;
import io.posthorn.signature.SignatureEncoding;
import io.posthorn.signature.SignatureScheme;
import io.posthorn.signature.TimestampUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A scheme that a user declares: a source of the type {@code custom}. */
final class CustomScheme {

    /** None of them has a meaning in a regular expression. */
    private static final List<String> SEPARATORS = List.of(",", ";");

    private CustomScheme() {}

    static SignatureScheme of(SourceSettings settings) {
        SignatureScheme.Builder scheme = SignatureScheme.hmac(settings.value("header")
                        .filter(header -> !header.isBlank())
                        .orElseThrow(() -> new InvalidSettingException(
                                settings.property("header"), "", "the name of the header that has the signature")))
                .algorithm(choice(settings, "algorithm", SignatureAlgorithm.HMAC_SHA256))
                .encoding(choice(settings, "encoding", SignatureEncoding.HEX))
                .key(choice(settings, "key-format", KeyFormat.TEXT))
                .over(settings.value("content").orElse("{body}"))
                .countedIn(choice(settings, "timestamp-unit", TimestampUnit.S));
        settings.value("id-header").ifPresent(scheme::idIn);
        if (given(settings, "signature-pair").isPresent()) {
            pairs(settings, scheme);
        } else {
            scheme.behind(settings.value("prefix").orElse(""));
            requireAbsent(settings, "timestamp-pair", "a signature-pair beside it");
        }
        time(settings, scheme);
        return scheme.build();
    }

    private static void pairs(SourceSettings settings, SignatureScheme.Builder scheme) {
        requireAbsent(settings, "prefix", "nothing beside signature-pair");
        scheme.inPairs(
                separator(settings),
                given(settings, "timestamp-pair").orElse(""),
                given(settings, "signature-pair").orElse(""));
    }

    private static String separator(SourceSettings settings) {
        String separator = settings.value("pair-separator").orElse(",");
        if (!SEPARATORS.contains(separator)) {
            throw new InvalidSettingException(settings.property("pair-separator"), separator, "one of , ;");
        }
        return separator;
    }

    private static void time(SourceSettings settings, SignatureScheme.Builder scheme) {
        ReplayWindow window = choice(settings, "window", ReplayWindow.BOTH);
        Optional<String> header = given(settings, "timestamp-header");
        if (header.isPresent()) {
            scheme.timed(window, header.get());
        } else if (given(settings, "timestamp-pair").isPresent()) {
            scheme.timed(window);
        }
    }

    private static Optional<String> given(SourceSettings settings, String key) {
        return settings.value(key).filter(text -> !text.isBlank());
    }

    private static void requireAbsent(SourceSettings settings, String key, String allowed) {
        given(settings, key).ifPresent(text -> {
            throw new InvalidSettingException(settings.property(key), text, allowed);
        });
    }

    static EventFields fields(SourceSettings settings) {
        EventFields fields = EventFields.USUAL;
        EventFields withId = settings.value("id-header")
                .map(header -> fields.idInHeader(header).idAt("/id"))
                .orElse(fields);
        return settings.value("type-header").map(withId::typeInHeader).orElse(withId);
    }

    private static <E extends Enum<E>> E choice(SourceSettings settings, String key, E defaultChoice) {
        String text = settings.value(key).orElse(name(defaultChoice));
        E[] choices = defaultChoice.getDeclaringClass().getEnumConstants();
        return Arrays.stream(choices)
                .filter(choice -> name(choice).equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        settings.property(key),
                        text,
                        Arrays.stream(choices)
                                .map(CustomScheme::name)
                                .collect(Collectors.joining(", ", "one of ", ""))));
    }

    private static String name(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
