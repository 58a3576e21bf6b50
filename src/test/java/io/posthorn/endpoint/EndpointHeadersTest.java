package io.posthorn.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import jakarta.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "some:thing",
                "two words",
                "nul\u0000",
                "é",
                "Content-Length",
                "HOST",
                "connection",
                "te",
                "svix-id",
                "X-Svix-Anything",
                "webhook-signature",
                "x-amzn-trace",
                "X-Google-Y",
                "x-webhook-signature",
                "X-Webhook-Event-Id",
                "Posthorn-Hops"
            })
    void aNameThatIsNoneOrNotTheClientsIsRefused(String name) {
        assertThatThrownBy(() ->
                        of(Json.createObjectBuilder().add(name, "1").build().toString()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(422));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Webhook-Token", "x-webhook-secret", "posthorn-tenant", "X-Posthorn-Tenant"})
    void aNameThatOnlyBeginsLikeOursIsTheClients(String name) {
        assertThat(of("{\"" + name + "\":\"1\"}")).containsKey(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v\r\nX-B: 1", "v\n", "\u0007", "عبدالله", "\u007f"})
    void aValueThatCouldNotBeSentIsRefusedNamingTheHeader(String value) {
        String json = Json.createObjectBuilder().add("X-A", value).build().toString();

        assertThatThrownBy(() -> of(json)).isInstanceOf(ApiException.class).hasMessageContaining("X-A");
        assertThatThrownBy(() -> EndpointHeaders.patched(Map.of(), fields(json)))
                .isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "[\"1\"]", "{}", "null"})
    void aValueThatIsNoTextIsRefused(String value) {
        assertThatThrownBy(() -> of("{\"X-A\":" + value + "}")).isInstanceOf(ApiException.class);
    }

    @Test
    void aValueHasALimit() {
        assertThat(of("{\"a\":\"" + "x".repeat(4_096) + "\"}")).hasSize(1);
        assertThatThrownBy(() -> of("{\"a\":\"" + "x".repeat(4_097) + "\"}")).isInstanceOf(ApiException.class);
    }

    @Test
    void thereIsALimitToHowMany() {
        StringBuilder json = new StringBuilder("{\"h0\":\"\"");
        for (int i = 1; i < 300; i++) {
            json.append(",\"h").append(i).append("\":\"\"");
        }

        assertThatThrownBy(() -> of(json + "}")).isInstanceOf(ApiException.class);
    }

    @Test
    void namesKeepTheirCase() {
        assertThat(of("{\"X-Api-Test\":\"caf\u00e9\\t1\"}")).isEqualTo(Map.of("X-Api-Test", "café\t1"));
    }

    @Test
    void aPatchMergesAndANullRemoves() {
        assertThat(EndpointHeaders.patched(
                        Map.of("a", "1", "b", "2", "C", "3"),
                        fields("{\"a\":null,\"c\":\"4\",\"d\":\"5\",\"none\":null}")))
                .isEqualTo(Map.of("b", "2", "c", "4", "d", "5"));
    }

    @Test
    void whatMayHoldASecretIsNamedAndNotShown() {
        assertThat(EndpointHeaders.toJson(Map.of("X-A", "1", "Authorization", "secret", "x-api-key", "secret"))
                        .toString())
                .isEqualTo("{\"headers\":{\"X-A\":\"1\"},\"sensitive\":[\"Authorization\",\"x-api-key\"]}");
    }

    private static Map<String, String> of(String headers) {
        return EndpointHeaders.of(fields(headers));
    }

    private static JsonFields fields(String headers) {
        return JsonFields.parse(new RequestBody(("{\"headers\":" + headers + "}").getBytes(UTF_8), Map.of()));
    }
}
