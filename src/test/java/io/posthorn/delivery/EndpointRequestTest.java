package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.endpoint.TlsIdentity;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointRequestTest {

    private final EndpointRequest request = new EndpointRequest(
            URI.create("https://example.com/"), Map.of("a", "1"), new byte[0], TlsIdentity.NONE, Optional.empty());

    @Test
    void aHeaderMoreMakesAnotherRequestOfTheSameAttempt() {
        EndpointRequest more = request.with("authorization", "Bearer t");
        CompletableFuture<Void> running = new CompletableFuture<>();
        more.startedAs(running);

        request.abort();

        assertThat(more.headers()).isEqualTo(Map.of("a", "1", "authorization", "Bearer t"));
        assertThat(request.headers()).isEqualTo(Map.of("a", "1"));
        assertThat(running).isCancelled();
        assertThat(more.isAborted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/a, example.com",
        "http://my_service:8080/a@b, my_service",
        "http://user:p@my_service, my_service",
        "http://[::1]:80/, [::1]",
        "http://[::1]/, [::1]"
    })
    void everyHostIsKnown(String url, String host) {
        assertThat(new EndpointRequest(URI.create(url), Map.of(), new byte[0], TlsIdentity.NONE, Optional.empty())
                        .host())
                .isEqualTo(host);
    }

    @Test
    void whatStartsAfterTheEndOfTheAttemptIsCancelled() {
        CompletableFuture<Void> late = new CompletableFuture<>();
        request.abort();

        request.startedAs(late);

        assertThat(late).isCancelled();
    }

    @Test
    void whatWasStoppedMayBeFollowedByAnother() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        request.startedAs(first);

        request.stop();
        request.startedAs(second);

        assertThat(first).isCancelled();
        assertThat(second).isNotCancelled();
        assertThat(request.isAborted()).isFalse();
    }
}
