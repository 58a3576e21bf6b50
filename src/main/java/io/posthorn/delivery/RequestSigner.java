package io.posthorn.delivery;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.endpoint.Endpoints;
import io.posthorn.message.Message;
import io.posthorn.signature.StandardHeaders;
import io.posthorn.signature.StandardSignature;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes the request of an attempt: the payload as it was published, and the Standard Webhooks headers. */
@ApplicationScoped
class RequestSigner {

    @Inject
    Endpoints endpoints;

    @Inject
    Settings settings;

    @Inject
    @Internal
    Clock clock;

    SignedRequest sign(Message message, Endpoint endpoint) {
        Instant now = clock.instant();
        String signature =
                StandardSignature.sign(endpoints.signingSecret(endpoint), message.id(), now, message.payload());
        StandardHeaders names = StandardHeaders.withPrefix(settings.delivery().headerPrefix());
        Map<String, String> headers = new HashMap<>(Map.of(
                names.id(), message.id(),
                names.timestamp(), Long.toString(now.getEpochSecond()),
                names.signature(), signature));
        // Without one, the client says application/json.
        message.contentType().ifPresent(type -> headers.put("content-type", type));
        return new SignedRequest(URI.create(endpoint.url()), headers, message.payload());
    }
}
