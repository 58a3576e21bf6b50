package io.posthorn.delivery;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.delivery.OAuth2Tokens.Granted;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Sends a request with the token that its endpoint asks for, where it asks for one. */
@ApplicationScoped
class AuthorizedClient {

    private static final int UNAUTHORIZED = 401;

    @Inject
    WebhookClient client;

    @Inject
    Settings settings;

    @Inject
    @Internal
    Clock clock;

    @Resource
    ManagedExecutorService executor;

    private OAuth2Tokens tokens;

    @PostConstruct
    void start() {
        tokens = new OAuth2Tokens(this::ask, executor, clock);
    }

    CompletionStage<EndpointResponse> send(EndpointRequest request) {
        return request.grant().map(grant -> sendWithToken(request, grant)).orElseGet(() -> client.send(request));
    }

    /** Others may wait for the token too, so it has a time of its own. */
    private CompletionStage<EndpointResponse> ask(EndpointRequest request) {
        return client.send(request)
                .toCompletableFuture()
                .orTimeout(settings.delivery().timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, error) -> request.abort());
    }

    private CompletionStage<EndpointResponse> sendWithToken(EndpointRequest request, TokenGrant grant) {
        CompletableFuture<EndpointResponse> answer = new CompletableFuture<>();
        Granted first = tokens.get(grant);
        send(request, first)
                .thenComposeAsync(
                        response -> {
                            if (response.status() != UNAUTHORIZED || !first.isKept()) {
                                return CompletableFuture.completedFuture(response);
                            }
                            // It may have been revoked, or its issuer restarted; a new one that is refused is refused.
                            tokens.forget(grant, first);
                            return send(request, tokens.get(grant));
                        },
                        executor)
                .whenComplete((response, error) -> {
                    if (error == null) {
                        answer.complete(response);
                    } else {
                        answer.completeExceptionally(cause(error));
                    }
                });
        return answer;
    }

    private CompletionStage<EndpointResponse> send(EndpointRequest request, Granted granted) {
        return granted.token()
                .thenComposeAsync(
                        token -> client.send(request.with(
                                "authorization", "Bearer " + token.text().reveal())),
                        executor);
    }

    /** What the stages between wrap would hide from the retry whether the endpoint has seen the request. */
    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
