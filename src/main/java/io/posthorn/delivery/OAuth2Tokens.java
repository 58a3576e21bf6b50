package io.posthorn.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.posthorn.endpoint.Authorization.Basic;
import io.posthorn.endpoint.Authorization.OAuth2;
import io.posthorn.endpoint.SecretText;
import io.posthorn.work.Remembered;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of this node: each is asked for by one attempt, whoever else waits for it, and is used until shortly before
 * it expires.
 */
final class OAuth2Tokens {

    private static final int MAX_TOKENS = 10_000;

    private final Function<EndpointRequest, CompletionStage<EndpointResponse>> client;
    private final Executor executor;
    private final Clock clock;

    private final Map<TokenGrant, CompletableFuture<AccessToken>> tokens = new Remembered<>(MAX_TOKENS);

    /** @param executor reads answers; the client's own threads know nothing of the application */
    OAuth2Tokens(Function<EndpointRequest, CompletionStage<EndpointResponse>> client, Executor executor, Clock clock) {
        this.client = client;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * A token on its way, or there.
     *
     * @param isKept whether it was there already, so that it may have been revoked since
     */
    record Granted(CompletableFuture<AccessToken> token, boolean isKept) {}

    /** The token fails with a {@link TokenException}, or a {@link TransportFault} around it that is worth another try. */
    Granted get(TokenGrant grant) {
        CompletableFuture<AccessToken> asked = new CompletableFuture<>();
        synchronized (tokens) {
            CompletableFuture<AccessToken> known = tokens.get(grant);
            if (known != null && !known.isDone()) {
                return new Granted(known, false);
            }
            if (known != null && isUsable(known)) {
                return new Granted(known, true);
            }
            tokens.put(grant, asked);
        }
        ask(grant, asked);
        return new Granted(asked, false);
    }

    /** Has another token asked for, if this is still the one that is kept. */
    void forget(TokenGrant grant, Granted refused) {
        synchronized (tokens) {
            tokens.remove(grant, refused.token());
        }
    }

    private boolean isUsable(CompletableFuture<AccessToken> done) {
        return !done.isCompletedExceptionally()
                && clock.instant().isBefore(done.join().until());
    }

    private void ask(TokenGrant grant, CompletableFuture<AccessToken> asked) {
        EndpointRequest request = request(grant);
        String host = request.host();
        client.apply(request)
                .whenCompleteAsync((answer, error) -> read(host, answer, error, asked), executor)
                // Where no thread was left to read the answer; else whoever wants a token would wait for this one for
                // ever.
                .whenComplete((answer, error) -> {
                    if (error != null) {
                        asked.completeExceptionally(error);
                    }
                });
    }

    private void read(
            String host,
            @Nullable EndpointResponse answer,
            @Nullable Throwable error,
            CompletableFuture<AccessToken> asked) {
        try {
            if (answer != null) {
                asked.complete(TokenAnswer.parse(answer, host, clock.instant()));
            } else {
                TokenException told = new TokenException(host, AttemptResult.describe(requireNonNull(error)));
                asked.completeExceptionally(error instanceof TransportFault ? new TransportFault(told) : told);
            }
        } catch (TokenException | RuntimeException e) {
            asked.completeExceptionally(e);
        }
    }

    private static EndpointRequest request(TokenGrant grant) {
        OAuth2 client = grant.client();
        Map<String, String> form = new LinkedHashMap<>(Map.of("grant_type", "client_credentials"));
        client.scope().ifPresent(scope -> form.put("scope", scope));
        client.audience().ifPresent(audience -> form.put("audience", audience));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/x-www-form-urlencoded");
        headers.put("accept", "application/json");
        String secret = client.clientSecret().reveal();
        if (client.secretInBody()) {
            form.put("client_id", client.clientId());
            form.put("client_secret", secret);
        } else {
            // Encoded twice: as a form does, then as the scheme does (RFC 6749, section 2.3.1).
            new Basic(encoded(client.clientId()), new SecretText(encoded(secret)))
                    .header()
                    .ifPresent(basic -> headers.put("authorization", basic));
        }
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return new EndpointRequest(
                URI.create(client.tokenUrl()), headers, body.getBytes(UTF_8), grant.tls(), Optional.empty());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
