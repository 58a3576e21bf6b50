package io.posthorn.rest;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status.Family;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/**
 * Answers a POST with an {@code idempotency-key} once: whoever repeats it gets the first one's answer, if that was a
 * success. A repetition that comes while the first still runs waits for it, for a while.
 */
@Provider
// Behind the authentication, so that nobody without a token leaves a trace.
@Priority(Priorities.USER)
@Dependent
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final System.Logger LOG = System.getLogger(IdempotencyFilter.class.getName());

    private static final String HEADER = "idempotency-key";
    private static final String CLAIM = IdempotencyFilter.class.getName() + ".claim";
    private static final long PAUSE_MILLIS = 100;
    private static final int MAX_PAUSES = 200;

    @Inject
    IdempotencyKeys keys;

    @Override
    public void filter(ContainerRequestContext request) {
        String key = request.getHeaderString(HEADER);
        if (key == null || !request.getMethod().equals(HttpMethod.POST)) {
            return;
        }
        String id = IdempotencyKeys.id(
                String.valueOf(request.getHeaderString(HttpHeaders.AUTHORIZATION)),
                key,
                request.getUriInfo().getRequestUri());
        for (int pauses = 0; pauses < MAX_PAUSES; pauses++) {
            Optional<IdempotencyKeys.Claim> claim = claim(id);
            if (claim.isPresent()) {
                request.setProperty(CLAIM, claim.get());
                return;
            }
            Optional<IdempotencyKeys.Answer> answer = keys.answer(id);
            if (answer.isPresent()) {
                request.abortWith(response(answer.get()));
                return;
            }
            pause();
        }
        throw ApiException.conflict("The first request with this idempotency-key is still running");
    }

    private Optional<IdempotencyKeys.Claim> claim(String id) {
        try {
            return UniqueCreation.of(() -> keys.claim(id));
        } catch (ApiException anotherWasQuicker) {
            return Optional.empty();
        }
    }

    private static Response response(IdempotencyKeys.Answer answer) {
        return answer.body().isEmpty()
                ? Response.status(answer.status()).build()
                : JsonResponse.of(answer.status(), answer.body());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.conflict("The server is stopping");
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(CLAIM) instanceof IdempotencyKeys.Claim claim) {
            try {
                finish(claim, response);
            } catch (Exception e) {
                // The work is done and deserves its answer; the key becomes free when its lease ends.
                LOG.log(WARNING, "The answer for an idempotency-key could not be kept", e);
            }
        }
    }

    private void finish(IdempotencyKeys.Claim claim, ContainerResponseContext response) {
        if (Family.familyOf(response.getStatus()) == Family.SUCCESSFUL) {
            String body = response.getEntity() instanceof byte[] bytes ? new String(bytes, UTF_8) : "";
            keys.keep(claim, new IdempotencyKeys.Answer(response.getStatus(), body));
        } else {
            keys.drop(claim);
        }
    }
}
