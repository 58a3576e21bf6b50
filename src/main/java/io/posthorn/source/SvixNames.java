package io.posthorn.source;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.rest.ApiException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What Svix's clients call some settings of a source, which have the same names for all types here. */
final class SvixNames {

    /** A secret that is none, and so is read back. */
    static final String PUBLIC_KEY = "publicKey";

    static final String SECRET = "secret";

    private static final String TOLERANCE = "tolerance";
    private static final String GRACE = "timestampGraceSeconds";

    private SvixNames() {}

    /**
     * A config with Posthorn's name for the tolerance.
     *
     * @throws ApiException 422 if it has both names, or a time that is none
     */
    static JsonObject translated(JsonObject config) {
        if (!config.containsKey(GRACE)) {
            return config;
        }
        requireOne(config, GRACE, TOLERANCE);
        JsonObjectBuilder translated = JSON.createObjectBuilder(config).remove(GRACE);
        return translated.add(TOLERANCE, duration(config.get(GRACE))).build();
    }

    private static JsonValue duration(JsonValue seconds) {
        if (seconds == JsonValue.NULL) {
            return seconds;
        }
        if (seconds instanceof JsonNumber number && number.isIntegral()) {
            return JSON.createValue("PT" + number + "S");
        }
        throw ApiException.malformed(GRACE, "must be a whole number of seconds");
    }

    /**
     * Holds the key of a whole config to its type. What was written as a secret could else be read back by giving its source
     * a type that has a public key.
     *
     * @throws ApiException 422 for a public key beside a secret, or in place of one
     */
    static void checkKey(String type, JsonObject config) {
        if (!config.containsKey(PUBLIC_KEY)) {
            return;
        }
        requireOne(config, PUBLIC_KEY, SECRET);
        if (SourceType.ofConfigName(type).filter(SourceType::hasPublicKey).isEmpty()) {
            throw ApiException.invalid(
                    PUBLIC_KEY,
                    Arrays.stream(SourceType.values())
                            .filter(SourceType::hasPublicKey)
                            .map(SourceType::configName)
                            .collect(Collectors.joining(", ", "is the key of these types alone: ", "")));
        }
    }

    private static void requireOne(JsonObject config, String svix, String ours) {
        if (config.containsKey(ours)) {
            throw ApiException.invalid(svix, "is another name of " + ours + ": give one of them");
        }
    }
}
