package io.posthorn.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.delivery.OAuth2Tokens.Granted;
import io.posthorn.endpoint.Authorization.OAuth2;
import io.posthorn.endpoint.SecretText;
import io.posthorn.endpoint.TlsIdentity;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class OAuth2TokensTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final List<EndpointRequest> requests = new ArrayList<>();
    private final List<CompletableFuture<EndpointResponse>> answers = new ArrayList<>();
    private final OAuth2Tokens tokens = new OAuth2Tokens(this::send, Runnable::run, clock);

    @Test
    void manyWhoWaitAskOnce() {
        List<Granted> waiting =
                List.of(tokens.get(grant("ep_1")), tokens.get(grant("ep_1")), tokens.get(grant("ep_1")));
        answer("t1", 300);

        assertThat(requests).hasSize(1);
        assertThat(waiting).allMatch(each -> text(each).equals("t1") && !each.isKept());
    }

    @Test
    void aTokenIsKeptUntilShortlyBeforeItExpires() {
        tokens.get(grant("ep_1"));
        answer("t1", 300);

        now = now.plusSeconds(269);
        assertThat(text(tokens.get(grant("ep_1")))).isEqualTo("t1");
        assertThat(tokens.get(grant("ep_1")).isKept()).isTrue();
        now = now.plusSeconds(1);
        assertThat(tokens.get(grant("ep_1")).isKept()).isFalse();
        assertThat(requests).hasSize(2);
    }

    @Test
    void everyEndpointAndEveryChangeOfItsCredentialsHasItsOwn() {
        tokens.get(grant("ep_1"));
        answer("t1", 300);

        tokens.get(grant("ep_2"));
        tokens.get(new TokenGrant("ep_1", client("another secret", false), TlsIdentity.NONE));

        assertThat(requests).hasSize(3);
    }

    @Test
    void aTokenThatWasRefusedIsForgottenOnce() {
        tokens.get(grant("ep_1"));
        answer("t1", 300);
        Granted refused = tokens.get(grant("ep_1"));
        tokens.forget(grant("ep_1"), refused);
        Granted next = tokens.get(grant("ep_1"));
        answer("t2", 300);

        tokens.forget(grant("ep_1"), refused);

        assertThat(text(next)).isEqualTo("t2");
        assertThat(text(tokens.get(grant("ep_1")))).isEqualTo("t2");
        assertThat(requests).hasSize(2);
    }

    @Test
    void whatFailedIsAskedForAgainAndSaysWhatFailed() {
        Granted failed = tokens.get(grant("ep_1"));
        last().completeExceptionally(new SocketTimeoutException("silence"));
        tokens.get(grant("ep_1"));

        assertThatThrownBy(failed.token()::join)
                .hasCauseInstanceOf(TokenException.class)
                .hasMessageContaining("no access token from idp.example: no complete answer within the timeout");
        assertThat(requests).hasSize(2);
    }

    @Test
    void aServerThatCannotBeReachedIsWorthAnotherTry() {
        Granted failed = tokens.get(grant("ep_1"));
        last().completeExceptionally(new TransportFault(new ConnectException("refused")));

        assertThatThrownBy(failed.token()::join)
                .hasCauseInstanceOf(TransportFault.class)
                .hasMessageContaining("no access token from idp.example: cannot connect: refused");
    }

    @Test
    void anAnswerThatNobodyCouldReadKeepsNobodyWaiting() {
        Executor noThread = task -> {
            throw new RejectedExecutionException("no thread");
        };
        OAuth2Tokens busy = new OAuth2Tokens(this::send, noThread, clock);
        Granted failed = busy.get(grant("ep_1"));
        answer("t1", 300);
        busy.get(grant("ep_1"));

        assertThat(failed.token()).isCompletedExceptionally();
        assertThat(requests).hasSize(2);
    }

    @Test
    void theClientNamesItselfInAHeader() {
        tokens.get(grant("ep_1"));

        EndpointRequest request = requests.get(0);
        assertThat(request.url()).hasToString("https://idp.example/token");
        assertThat(request.headers())
                .containsEntry("content-type", "application/x-www-form-urlencoded")
                // The Base64 of "my+client:s%26cr%C3%A9t", as RFC 6749 wants both encoded first.
                .containsEntry("authorization", "Basic bXkrY2xpZW50OnMlMjZjciVDMyVBOXQ=");
        assertThat(body(request)).isEqualTo("grant_type=client_credentials&scope=read+write&audience=https%3A%2F%2Fa");
        assertThat(request.grant()).isEmpty();
    }

    @Test
    void theClientNamesItselfInTheBodyWhereThatIsWanted() {
        tokens.get(new TokenGrant("ep_1", client("s&crét", true), TlsIdentity.NONE));

        assertThat(requests.get(0).headers()).doesNotContainKey("authorization");
        assertThat(body(requests.get(0))).endsWith("&client_id=my+client&client_secret=s%26cr%C3%A9t");
    }

    private CompletionStage<EndpointResponse> send(EndpointRequest request) {
        requests.add(request);
        answers.add(new CompletableFuture<>());
        return last();
    }

    private CompletableFuture<EndpointResponse> last() {
        return answers.get(answers.size() - 1);
    }

    private void answer(String token, int seconds) {
        last().complete(new EndpointResponse(
                200, "{\"access_token\":\"" + token + "\",\"expires_in\":" + seconds + "}"));
    }

    private static String text(Granted granted) {
        AccessToken token = granted.token().getNow(null);
        return token == null ? "(none yet)" : token.text().reveal();
    }

    private static String body(EndpointRequest request) {
        return new String(request.body(), UTF_8);
    }

    private static TokenGrant grant(String endpoint) {
        return new TokenGrant(endpoint, client("s&crét", false), TlsIdentity.NONE);
    }

    private static OAuth2 client(String secret, boolean secretInBody) {
        return new OAuth2(
                "https://idp.example/token",
                "my client",
                new SecretText(secret),
                Optional.of("read write"),
                Optional.of("https://a"),
                secretInBody);
    }
}
