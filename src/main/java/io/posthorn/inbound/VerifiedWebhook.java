package io.posthorn.inbound;

import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;

/**
 * The webhook of a request whose signature has been verified. A resource can get at a webhook no other way, so it cannot
 * store one that nobody verified. An attribute of the request, as a bean of each request is made and injected anew.
 */
record VerifiedWebhook(Source source, WebhookRequest request, Instant verifiedAt) {

    private static final String ATTRIBUTE = VerifiedWebhook.class.getName();

    void attachTo(HttpServletRequest http) {
        http.setAttribute(ATTRIBUTE, this);
    }

    /** @throws IllegalStateException if the request was not verified */
    static VerifiedWebhook of(HttpServletRequest http) {
        if (http.getAttribute(ATTRIBUTE) instanceof VerifiedWebhook webhook) {
            return webhook;
        }
        throw new IllegalStateException("The resource method lacks @VerifiedSignature");
    }

    /** The events that the request brings: mostly one. */
    List<Arrival> parse(BatchLimits limits) {
        return ArrivalParser.parse(source, request, limits);
    }
}
