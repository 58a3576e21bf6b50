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
        String[] headers = names(settings, "header");
        if (headers.length == 0) {
            throw new InvalidSettingException(
                    settings.property("header"), "", "the name of the header that has the signature");
        }
        SignatureScheme.Builder scheme = SignatureScheme.hmac(headers)
                .algorithm(choice(settings, "algorithm", SignatureAlgorithm.HMAC_SHA256))
                .encoding(choice(settings, "encoding", SignatureEncoding.HEX))
                .key(choice(settings, "key-format", KeyFormat.TEXT))
                .over(settings.value("content").orElse("{body}"))
                .idIn(names(settings, "id-header"));
        syntax(settings, scheme);
        time(settings, scheme);
        requireWhatIsSigned(settings);
        return scheme.countedIn(choice(settings, "timestamp-unit", TimestampUnit.S))
                .build();
    }

    private static void syntax(SourceSettings settings, SignatureScheme.Builder scheme) {
        if (given(settings, "signature-pair").isPresent()) {
            requireAbsent(settings, "signature-list", "nothing beside signature-pair");
            pairs(settings, scheme);
            return;
        }
        requireAbsent(settings, "timestamp-pair", "a signature-pair beside it");
        Optional<String> version = given(settings, "signature-list");
        if (version.isPresent()) {
            requireAbsent(settings, "prefix", "nothing beside signature-list");
            scheme.listing(version.get());
        } else {
            scheme.behind(settings.value("prefix").orElse(""));
        }
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
        Optional<String> pointer = SourceParser.pointer(settings, "timestamp-pointer", "/sent_at");
        String[] headers = names(settings, "timestamp-header");
        if (pointer.isPresent()) {
            requireAbsent(settings, "timestamp-header", "nothing beside timestamp-pointer");
            requireAbsent(settings, "timestamp-pair", "nothing beside timestamp-pointer");
            scheme.timedInBody(window, pointer.get());
        } else if (headers.length > 0 || given(settings, "timestamp-pair").isPresent()) {
            scheme.timed(window, headers);
        }
    }

    /** Else every single request would be refused. */
    private static void requireWhatIsSigned(SourceSettings settings) {
        String content = settings.value("content").orElse("");
        boolean timed = names(settings, "timestamp-header").length > 0
                || given(settings, "timestamp-pair").isPresent();
        if (content.contains("{timestamp}") && !timed) {
            throw new InvalidSettingException(
                    settings.property("content"), content, "a timestamp-header or timestamp-pair beside {timestamp}");
        }
        if (content.contains("{id}") && names(settings, "id-header").length == 0) {
            throw new InvalidSettingException(settings.property("content"), content, "an id-header beside {id}");
        }
    }

    /** Of headers, the first one that is there counts. */
    private static String[] names(SourceSettings settings, String key) {
        return given(settings, key).stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toArray(String[]::new);
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
        EventFields withId =
                EventFields.USUAL.idInHeader(names(settings, "id-header")).idAt("/id");
        String[] typeHeaders = names(settings, "type-header");
        return typeHeaders.length == 0
                ? withId
                : withId.typeInHeader(typeHeaders).typeAt("/type");
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
