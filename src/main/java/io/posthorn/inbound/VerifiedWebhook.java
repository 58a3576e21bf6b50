package io.posthorn.inbound;

import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/**
 * The webhook of this request once its signature has been verified. A resource can get at a webhook no other way, so it
 * cannot store one that nobody verified.
 */
@RequestScoped
class VerifiedWebhook {

    private @Nullable Source source;
    private @Nullable WebhookRequest request;

    void set(Source source, WebhookRequest request) {
        this.source = source;
        this.request = request;
    }

    /** @throws IllegalStateException if the request was not verified */
    Arrival parse() {
        if (source == null || request == null) {
            throw new IllegalStateException("The resource method lacks @VerifiedSignature");
        }
        return ArrivalParser.parse(source, request);
    }
}
