package io.posthorn.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.signature.DeclaredSignature;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.SignatureAlgorithm;
import io.posthorn.signature.SignatureEncoding;
import io.posthorn.signature.SignatureScheme;
import io.posthorn.signature.SignatureVerifier;
import io.posthorn.signature.WebhookRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredHeadersTest {

    @Test
    void headersAreKeptByLowerCaseNameWithAllTheirValues() {
        RequestHeaders headers = RequestHeaders.of(Map.of("X-B", List.of("1", "2"), "X-A", List.of("é \"q\"")));

        assertThat(StoredHeaders.toJson(headers, Set.of()))
                .isEqualTo("{\"x-a\":[\"é \\\"q\\\"\"],\"x-b\":[\"1\",\"2\"]}");
    }

    @Test
    void whatWasKeptIsReadBack() {
        Map<String, List<String>> headers = Map.of("x-a", List.of("é \"q\""), "x-b", List.of("1", "2"));

        assertThat(StoredHeaders.fromJson(StoredHeaders.toJson(RequestHeaders.of(headers), Set.of())))
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

        assertThat(StoredHeaders.toJson(headers, Set.of())).isEqualTo("{\"x-a\":[\"1\"]}");
    }

    @Test
    void aHeaderThatShowsTheSecretOfItsSourceIsNotKept() {
        RequestHeaders headers = RequestHeaders.of(Map.of("X-Acme-Token", List.of("s3cret"), "x-a", List.of("1")));
        SignatureScheme token = SignatureScheme.hmac("X-Acme-Token")
                .algorithm(SignatureAlgorithm.TOKEN)
                .encoding(SignatureEncoding.NONE)
                .build();
        SignatureVerifier verifier = new DeclaredSignature(token, List.of("s3cret"), Duration.ZERO);

        assertThat(verifier.verify(new WebhookRequest(headers, new byte[0]), Instant.EPOCH))
                .isTrue();
        assertThat(StoredHeaders.toJson(headers, verifier.secretHeaders())).isEqualTo("{\"x-a\":[\"1\"]}");
        assertThat(new DeclaredSignature(SignatureScheme.hmac("X-Sig").build(), List.of("s3cret"), Duration.ZERO)
                        .secretHeaders())
                .isEmpty();
    }
}
