package io.posthorn.source;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.RateLimit;
import io.posthorn.config.SourceSettings;
import io.posthorn.config.Subnets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the rules of a source of its settings, or says which of them is wrong. */
final class SourceRulesParser {

    private static final String SCHEMA_ALLOWED = "a JSON Schema, or the path of a file that has one";

    private final Optional<RateLimit> defaultRateLimit;

    SourceRulesParser(Optional<RateLimit> defaultRateLimit) {
        this.defaultRateLimit = defaultRateLimit;
    }

    SourceRules parse(SourceSettings settings) {
        return new SourceRules(
                settings.value("allowed-ips").map(text -> subnets(settings, text)),
                settings.value("rate-limit")
                        .map(text -> rateLimit(settings, text))
                        .orElse(defaultRateLimit),
                settings.value("schema").map(text -> schema(settings, "schema", text)),
                schemas(settings),
                settings.value("event-types").map(SourceRulesParser::names).orElse(Set.of()));
    }

    private static Subnets subnets(SourceSettings settings, String text) {
        try {
            return Subnets.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(settings.property("allowed-ips"), text, Subnets.ALLOWED);
        }
    }

    private static Optional<RateLimit> rateLimit(SourceSettings settings, String text) {
        try {
            return RateLimit.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(settings.property("rate-limit"), text, RateLimit.ALLOWED);
        }
    }

    private static Map<String, JsonSchema> schemas(SourceSettings settings) {
        return settings.values().entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(SourceSettings.SCHEMA_OF_TYPE))
                .collect(Collectors.toUnmodifiableMap(
                        setting -> setting.getKey().substring(SourceSettings.SCHEMA_OF_TYPE.length()),
                        setting -> schema(settings, setting.getKey(), setting.getValue())));
    }

    private static JsonSchema schema(SourceSettings settings, String key, String text) {
        try {
            return JsonSchema.of(text.trim().startsWith("{") ? text : Files.readString(Path.of(text.trim())));
        } catch (IOException | IllegalArgumentException notASchema) {
            throw new InvalidSettingException(settings.property(key), text, SCHEMA_ALLOWED);
        }
    }

    static Set<String> names(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
