package io.posthorn.source;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.SourceSettings;
import io.posthorn.signature.SignatureVerifier;
import io.posthorn.signature.UnusableSecretException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonPointer;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Makes a {@link Source} of its settings, or says which of them is wrong. */
final class SourceParser {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final String RESERVED_NAME = "events";

    private final Duration defaultTolerance;

    SourceParser(Duration defaultTolerance) {
        this.defaultTolerance = defaultTolerance;
    }

    Source parse(SourceSettings settings) {
        if (!NAME.matcher(settings.name()).matches() || settings.name().equals(RESERVED_NAME)) {
            throw new InvalidSettingException(
                    "posthorn.sources", settings.name(), "a name of letters, digits, - and _, other than events");
        }
        return new Source(
                settings.name(),
                verifier(settings),
                pointer(settings, "id-pointer", "/id"),
                pointer(settings, "type-pointer", "/type"));
    }

    private SignatureVerifier verifier(SourceSettings settings) {
        String typeName = settings.value("type").orElse("(not set)");
        SourceType type = SourceType.ofConfigName(typeName)
                .orElseThrow(
                        () -> new InvalidSettingException(settings.property("type"), typeName, SourceType.allowed()));
        List<String> secrets = Arrays.stream(settings.value("secret").orElse("").split(",", -1))
                .map(String::trim)
                .toList();
        try {
            return type.verifier(secrets, tolerance(settings));
        } catch (UnusableSecretException e) {
            throw InvalidSettingException.ofSecret(settings.property("secret"), e.allowed());
        }
    }

    private Duration tolerance(SourceSettings settings) {
        String text = settings.value("tolerance").orElse(defaultTolerance.toString());
        try {
            Duration tolerance = Duration.parse(text);
            if (!tolerance.isNegative() && !tolerance.isZero()) {
                return tolerance;
            }
        } catch (DateTimeException e) {
            // Reported below, like a tolerance that would refuse everything.
        }
        throw new InvalidSettingException(
                settings.property("tolerance"), text, "an ISO-8601 duration above zero, such as PT5M");
    }

    private static JsonPointer pointer(SourceSettings settings, String key, String defaultPointer) {
        String text = settings.value(key).orElse(defaultPointer);
        try {
            return Json.createPointer(text);
        } catch (JsonException e) {
            throw new InvalidSettingException(
                    settings.property(key), text, "a JSON pointer, such as " + defaultPointer);
        }
    }
}
