package io.posthorn.inbound;

import io.posthorn.observe.Metrics;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.RequestBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** Receives webhooks. */
@Path("/")
@RequestScoped
public class WebhookResource {

    @Inject
    VerifiedWebhook webhook;

    @Inject
    Inbox inbox;

    @Inject
    InboxDispatcher dispatcher;

    @Inject
    Metrics metrics;

    /** Receives from the source {@code default}. */
    @POST
    @VerifiedSignature
    public Response receive(RequestBody body) {
        return store();
    }

    @POST
    @Path("{source}")
    @VerifiedSignature
    public Response receive(@PathParam("source") String source, RequestBody body) {
        return store();
    }

    private Response store() {
        Receipt receipt = inbox.store(webhook.parse());
        metrics.count("posthorn.events.received", receipt.duplicate() ? "duplicate" : "received");
        if (!receipt.duplicate()) {
            dispatcher.wake();
        }
        return JsonResponse.of(
                200,
                Json.createObjectBuilder()
                        .add("status", receipt.duplicate() ? "duplicate" : "received")
                        .add("id", receipt.eventId())
                        .build());
    }
}
