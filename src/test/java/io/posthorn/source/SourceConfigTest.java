package io.posthorn.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.config.SourceSettings;
import io.posthorn.json.StrictJson;
import io.posthorn.rest.ApiException;
import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceConfigTest {

    @Test
    void everyMemberIsASettingOfTheConfiguration() {
        assertThat(SourceConfig.settings(
                        json("{\"secret\":\"s\",\"allowedIps\":[\"192.0.2.1\",\"::1\"],\"schema\":{\"a\":1},"
                                + "\"schemas\":{\"order.paid\":{\"b\":2}}}")))
                .isEqualTo(Map.of(
                        "secret", "s",
                        "allowed-ips", "192.0.2.1,::1",
                        "schema", "{\"a\":1}",
                        "schema.order.paid", "{\"b\":2}"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everySettingButTheTypeIsTakenInCamelCaseAndInNoOtherSpelling(String key) {
        String[] words = key.split("-");
        StringBuilder name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
        }
        String value = key.equals("schema") ? "{}" : "\"s3cret\"";

        assertThat(SourceConfig.settings(SourceConfig.checked(json("{\"" + name + "\":" + value + "}"))))
                .containsOnlyKeys(key);
        if (!key.contentEquals(name)) {
            assertRefused("{\"" + key + "\":" + value + "}", key);
        }
        assertRefused("{\"" + key.toUpperCase(Locale.ROOT) + "\":" + value + "}", key.toUpperCase(Locale.ROOT));
    }

    static Iterable<String> keys() {
        return SourceSettings.KEYS.stream().filter(key -> !key.equals("type")).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"allowedIp", "rateLimits", "allowed_ips", "type", "schema.order.paid", "verifyTo\u212Aen", ""})
    void whatIsNoSettingIsRefusedByItsName(String name) {
        assertRefused("{\"secret\":\"s\",\"" + name + "\":\"192.0.2.1\"}", name);
        assertRefused("{\"" + name + "\":null}", name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"secret\":{\"a\":1}}",
                "{\"secret\":true}",
                "{\"secret\":[null]}",
                "{\"schema\":\"/etc/passwd\"}",
                "{\"schemas\":{\"a\":\"/etc/passwd\"}}"
            })
    void aValueOfAnotherKindIsRefused(String config) {
        assertThatThrownBy(() -> SourceConfig.checked(json(config)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(422));
    }

    @Test
    void noSecretIsReadBackWhateverItsSpelling() {
        JsonObject readable = SourceConfig.readable(json(
                "{\"secret\":\"s3cret\",\"verifyToken\":\"s3cret\",\"verify-token\":\"s3cret\",\"Secret\":\"s3cret\","
                        + "\"rateLimit\":\"1/s\",\"schemas\":{}}"));

        assertThat(readable).hasToString("{\"rateLimit\":\"1/s\",\"schemas\":{}}");
    }

    @Test
    void aChangeReplacesWhatItNamesAndRemovesWhatItSaysIsNull() {
        JsonObject before = json("{\"secret\":\"s\",\"rateLimit\":\"1/s\",\"schemas\":{\"a\":{}}}");

        JsonObject after = SourceConfig.changed(before, json("{\"rateLimit\":null,\"schemas\":{\"b\":{}}}"));

        assertThat(after).hasToString("{\"secret\":\"s\",\"schemas\":{\"b\":{}}}");
    }

    private static void assertRefused(String config, String name) {
        assertThatThrownBy(() -> SourceConfig.checked(json(config))).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(422);
            assertThat(e.detail()).startsWith("body." + name + ": is no setting");
        });
    }

    private static JsonObject json(String text) {
        return StrictJson.parse(text).asJsonObject();
    }
}
