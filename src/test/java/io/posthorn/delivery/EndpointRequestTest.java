package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.endpoint.TlsIdentity;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

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
