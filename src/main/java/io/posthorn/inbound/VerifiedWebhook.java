package io.posthorn.inbound;

import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The webhook of this request once its signature has been verified. A resource can get at a webhook no other way, so it
 * cannot store one that nobody verified.
 */
@RequestScoped
class VerifiedWebhook {

    private @Nullable Source source;
    private @Nullable WebhookRequest request;
    private @Nullable Instant verifiedAt;

    void set(Source source, WebhookRequest request, Instant verifiedAt) {
        this.source = source;
        this.request = request;
        this.verifiedAt = verifiedAt;
    }

    /** @throws IllegalStateException if the request was not verified */
    Source source() {
        return checked(source);
    }

    /** @throws IllegalStateException if the request was not verified */
    WebhookRequest request() {
        return checked(request);
    }

    /** @throws IllegalStateException if the request was not verified */
    Instant verifiedAt() {
        return checked(verifiedAt);
    }

    /** The events that the request brings: mostly one. */
    List<Arrival> parse(BatchLimits limits) {
        return ArrivalParser.parse(source(), request(), limits);
    }

    private static <T> T checked(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("The resource method lacks @VerifiedSignature");
        }
        return value;
    }
}
