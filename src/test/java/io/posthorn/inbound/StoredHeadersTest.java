package io.posthorn.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.signature.RequestHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredHeadersTest {

    @Test
    void headersAreKeptByLowerCaseNameWithAllTheirValues() {
        RequestHeaders headers = RequestHeaders.of(Map.of("X-B", List.of("1", "2"), "X-A", List.of("é \"q\"")));

        assertThat(StoredHeaders.toJson(headers)).isEqualTo("{\"x-a\":[\"é \\\"q\\\"\"],\"x-b\":[\"1\",\"2\"]}");
    }

    @Test
    void whatWasKeptIsReadBack() {
        Map<String, List<String>> headers = Map.of("x-a", List.of("é \"q\""), "x-b", List.of("1", "2"));

        assertThat(StoredHeaders.fromJson(StoredHeaders.toJson(RequestHeaders.of(headers))))
                .isEqualTo(headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "AUTHORIZATION",
                "Proxy-Authorization",
                "Cookie",
                "X-Gitlab-Token",
                "X-Api-Key",
                "X-Auth-Token",
                "X-Vapi-Secret"
            })
    void aHeaderThatCarriesCredentialsIsNotKept(String name) {
        RequestHeaders headers = RequestHeaders.of(Map.of(name, List.of("s3cret"), "x-a", List.of("1")));

        assertThat(StoredHeaders.toJson(headers)).isEqualTo("{\"x-a\":[\"1\"]}");
    }
}
