package io.posthorn.source;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.RateLimit;
import io.posthorn.config.SourceSettings;
import io.posthorn.config.Subnets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the rules of a source of its settings, or says which of them is wrong. */
final class SourceRulesParser {

    private static final String SCHEMA_ALLOWED = "a JSON Schema, or the path of a file that has one";

    private static final Pattern CONTENT_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+");

    private final Optional<RateLimit> defaultRateLimit;
    private final int maxBodySize;

    /** @param maxBodySize that no source can go beyond */
    SourceRulesParser(Optional<RateLimit> defaultRateLimit, int maxBodySize) {
        this.defaultRateLimit = defaultRateLimit;
        this.maxBodySize = maxBodySize;
    }

    SourceRules parse(SourceSettings settings) {
        return new SourceRules(
                settings.value("allowed-ips").map(text -> subnets(settings, text)),
                settings.value("rate-limit")
                        .map(text -> rateLimit(settings, text))
                        .orElse(defaultRateLimit),
                settings.value("schema").map(text -> schema(settings, "schema", text)),
                schemas(settings),
                settings.value("event-types").map(SourceRulesParser::names).orElse(Set.of()),
                settings.value("max-body-size").map(text -> bodySize(settings, text)),
                settings.value("content-types")
                        .map(text -> contentTypes(settings, text))
                        .orElse(Set.of()));
    }

    private int bodySize(SourceSettings settings, String text) {
        try {
            int size = Integer.parseInt(text.trim());
            if (size >= 1 && size <= maxBodySize) {
                return size;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a size that no body could reach.
        }
        throw new InvalidSettingException(
                settings.property("max-body-size"),
                text,
                "bytes, from 1 to posthorn.inbound.max-body-size, which is " + maxBodySize);
    }

    private static Set<String> contentTypes(SourceSettings settings, String text) {
        Set<String> types = names(text.toLowerCase(Locale.ROOT));
        if (types.isEmpty()
                || !types.stream().allMatch(type -> CONTENT_TYPE.matcher(type).matches())) {
            throw new InvalidSettingException(
                    settings.property("content-types"),
                    text,
                    "a comma list of content types without parameters, such as application/json");
        }
        return types;
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
