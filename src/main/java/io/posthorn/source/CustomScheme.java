package io.posthorn.source;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.SourceSettings;
import io.posthorn.signature.KeyFormat;
import io.posthorn.signature.ReplayWindow;
import io.posthorn.signature.SignatureAlgorithm;
import io.posthorn.signature.SignatureEncoding;
import io.posthorn.signature.SignatureScheme;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A scheme that a user declares: a source of the type {@code custom}. */
final class CustomScheme {

    private CustomScheme() {}

    static SignatureScheme of(SourceSettings settings) {
        SignatureScheme.Builder scheme = SignatureScheme.hmac(settings.value("header")
                        .filter(header -> !header.isBlank())
                        .orElseThrow(() -> new InvalidSettingException(
                                settings.property("header"), "", "the name of the header that has the signature")))
                .algorithm(choice(settings, "algorithm", SignatureAlgorithm.HMAC_SHA256))
                .encoding(choice(settings, "encoding", SignatureEncoding.HEX))
                .key(choice(settings, "key-format", KeyFormat.TEXT))
                .behind(settings.value("prefix").orElse(""))
                .over(settings.value("content").orElse("{body}"));
        settings.value("id-header").ifPresent(scheme::idIn);
        settings.value("timestamp-header").ifPresent(header -> scheme.timed(ReplayWindow.BOTH, header));
        return scheme.build();
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
