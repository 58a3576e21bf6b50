package io.posthorn.inbound;

import io.posthorn.config.Internal;
import io.posthorn.rest.RequestBody;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import io.posthorn.source.SourceCatalogue;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifies the signature over the raw bytes before the resource method is called. */
@Interceptor
@VerifiedSignature
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class SignatureInterceptor {

    @Inject
    SourceGate gate;

    @Inject
    @Internal
    Clock clock;

    @AroundInvoke
    @Nullable
    Object verify(InvocationContext invocation) throws Exception {
        String name = parameter(invocation, String.class).orElse(SourceCatalogue.DEFAULT);
        HttpServletRequest http = parameter(invocation, HttpServletRequest.class)
                .orElseThrow(() -> new IllegalStateException("The resource method takes no HttpServletRequest"));
        verify(
                gate.find(name, http),
                http,
                parameter(invocation, RequestBody.class).orElseThrow(InboundException::invalidPayload));
        return invocation.proceed();
    }

    private void verify(Source source, HttpServletRequest http, RequestBody body) {
        RequestHeaders headers = RequestHeaders.of(body.headers());
        gate.admit(source, http, headers);
        WebhookRequest request = new WebhookRequest(headers, body.bytes(), () -> gate.url(source, http, headers));
        Instant now = clock.instant();
        if (!Handshakes.isUnsigned(source, http.getQueryString())) {
            gate.checkBody(source, headers, body.bytes());
            if (!source.verifier().verify(request, now)) {
                throw InboundException.invalidSignature();
            }
        }
        gate.checkHops(headers);
        new VerifiedWebhook(source, request, now).attachTo(http);
    }

    private static <T> Optional<T> parameter(InvocationContext invocation, Class<T> type) {
        return Arrays.stream(invocation.getParameters())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
