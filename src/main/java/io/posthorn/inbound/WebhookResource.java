package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.Settings;
import io.posthorn.observe.Metrics;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.RequestBody;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.source.Source;
import io.posthorn.source.SourceCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;

/** Receives webhooks. One for all requests: with one for each, Payara spends a quarter of its time on injecting it. */
@Path("/")
@ApplicationScoped
public class WebhookResource {

    @Inject
    SourceGate gate;

    @Inject
    Inbox inbox;

    @Inject
    InboxDispatcher dispatcher;

    @Inject
    Metrics metrics;

    @Inject
    Settings settings;

    /** Receives from the source {@code default}. */
    @POST
    @VerifiedSignature
    public Response receive(RequestBody body, @Context HttpServletRequest request) {
        return answer(request);
    }

    @POST
    @Path("{source}")
    @VerifiedSignature
    public Response receive(@PathParam("source") String source, RequestBody body, @Context HttpServletRequest request) {
        return answer(request);
    }

    /** Some providers ask with a GET whether the address is their customer's. */
    @GET
    public Response handshake(@Context HttpServletRequest request, @Context HttpHeaders headers) {
        return handshake(SourceCatalogue.DEFAULT, request, headers);
    }

    @GET
    @Path("{source}")
    public Response handshake(
            @PathParam("source") String source, @Context HttpServletRequest request, @Context HttpHeaders headers) {
        Source asked = gate.pass(source, request, RequestHeaders.of(headers.getRequestHeaders()));
        return Handshakes.get(asked, request.getQueryString())
                .map(HandshakeAnswer::toResponse)
                .orElseThrow(() -> new NotAllowedException("POST"));
    }

    /** JAX-RS would answer by itself, each implementation in a way of its own. */
    @OPTIONS
    public Response options() {
        throw new NotAllowedException("POST");
    }

    @OPTIONS
    @Path("{source}")
    public Response optionsOfSource() {
        throw new NotAllowedException("POST");
    }

    private Response answer(HttpServletRequest request) {
        VerifiedWebhook webhook = VerifiedWebhook.of(request);
        return Handshakes.post(webhook.source(), webhook.request(), webhook.verifiedAt(), request.getQueryString())
                .map(HandshakeAnswer::toResponse)
                .orElseGet(() -> store(webhook.source(), webhook.parse(BatchLimits.of(settings.inbound()))));
    }

    private Response store(Source source, List<Arrival> arrivals) {
        if (arrivals.isEmpty()) {
            metrics.count("posthorn.events.received", "ignored");
            return acknowledged(
                    source,
                    () -> JsonResponse.of(
                            200,
                            JSON.createObjectBuilder().add("status", "ignored").build()));
        }
        List<Receipt> receipts = inbox.store(arrivals);
        receipts.forEach(
                receipt -> metrics.count("posthorn.events.received", receipt.duplicate() ? "duplicate" : "received"));
        boolean duplicate = receipts.stream().allMatch(Receipt::duplicate);
        dispatch(arrivals, receipts);
        return acknowledged(source, () -> receipt(receipts, duplicate));
    }

    /** What the provider has to read, else what Posthorn has to say. */
    private static Response acknowledged(Source source, Supplier<Response> answer) {
        return source.acknowledgement()
                .map(text -> Response.ok(text.getBytes(UTF_8), MediaType.TEXT_PLAIN_TYPE)
                        .build())
                .orElseGet(answer);
    }

    private void dispatch(List<Arrival> arrivals, List<Receipt> receipts) {
        for (int i = 0; i < receipts.size(); i++) {
            if (receipts.get(i).unhandled()) {
                dispatcher.unhandled(receipts.get(i).eventId(), arrivals.get(i));
            } else if (!receipts.get(i).duplicate()) {
                dispatcher.wake();
            }
        }
    }

    private static Response receipt(List<Receipt> receipts, boolean duplicate) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("status", duplicate ? "duplicate" : "received")
                .add("id", receipts.get(0).eventId());
        if (receipts.size() > 1) {
            JsonArrayBuilder ids = JSON.createArrayBuilder();
            receipts.forEach(receipt -> ids.add(receipt.eventId()));
            json.add("ids", ids);
        }
        return JsonResponse.of(200, json.build());
    }
}
