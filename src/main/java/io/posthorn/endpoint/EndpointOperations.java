package io.posthorn.endpoint;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.access.Caller;
import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import io.posthorn.rest.RequestBody;
import io.posthorn.rest.UniqueCreation;
import io.posthorn.signature.SigningSecret;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operations on the endpoints of an application, which a subclass names. Public, since JAX-RS does not find the methods
 * that a public class inherits from one that is not.
 */
public abstract class EndpointOperations {

    private static final int DEFAULT_GRACE_SECONDS = 86_400;
    private static final int MAX_GRACE_SECONDS = 604_800;

    @Inject
    protected Caller caller;

    @Inject
    protected Applications applications;

    @Inject
    protected ApplicationsBeside beside;

    @Inject
    Endpoints endpoints;

    @Inject
    EndpointSecrets secrets;

    @Inject
    Settings settings;

    @Inject
    @Internal
    Clock clock;

    @POST
    public Response create(RequestBody body) {
        Application application = application();
        EndpointIn in = EndpointIn.of(JsonFields.parse(body), httpsOnly());
        Endpoint created = UniqueCreation.of(() -> endpoints.create(application, in));
        return JsonResponse.of(201, EndpointOut.of(created));
    }

    @GET
    public Response list(@Context UriInfo uri) {
        PageRequest page = PageRequest.of(uri, Endpoint.ID_PREFIX);
        boolean descending = QueryParameters.descending(uri, true);
        return endpoints
                .list(application(), page, descending)
                .toResponse(Endpoint::id, endpoint -> EndpointOut.of(endpoint).toString());
    }

    @GET
    @Path("{endpoint_id}")
    public Response get(@PathParam("endpoint_id") String endpoint) {
        return JsonResponse.of(200, EndpointOut.of(endpoints.get(application(), endpoint)));
    }

    @PUT
    @Path("{endpoint_id}")
    public Response put(@PathParam("endpoint_id") String endpoint, RequestBody body) {
        Application application = application();
        EndpointFields fields = EndpointFields.of(JsonFields.parse(body), httpsOnly());
        Endpoints.Put put = UniqueCreation.of(() -> endpoints.put(application, endpoint, fields));
        return JsonResponse.of(put.isNew() ? statusOfNewPut() : 200, EndpointOut.of(put.endpoint()));
    }

    /** What a PUT answers that has made an endpoint; of most endpoints, Svix's documents know no other answer. */
    protected int statusOfNewPut() {
        return 200;
    }

    @PATCH
    @Path("{endpoint_id}")
    public Response patch(@PathParam("endpoint_id") String endpoint, RequestBody body) {
        Application application = application();
        JsonFields fields = JsonFields.parse(body);
        Endpoint patched = UniqueCreation.of(() -> endpoints.patch(application, endpoint, fields, httpsOnly()));
        return JsonResponse.of(200, EndpointOut.of(patched));
    }

    @GET
    @Path("{endpoint_id}/secret")
    public Response secret(@PathParam("endpoint_id") String endpoint) {
        String key = secrets.current(endpoints.get(application(), endpoint)).verificationKey();
        return JsonResponse.of(200, JSON.createObjectBuilder().add("key", key).build());
    }

    @POST
    @Path("{endpoint_id}/secret/rotate")
    public Response rotateSecret(@PathParam("endpoint_id") String endpoint, RequestBody body) {
        Application application = application();
        JsonFields fields = JsonFields.parse(body);
        Optional<SigningSecret> key = EndpointIn.secret("key", fields);
        int grace = fields.optionalInt("gracePeriodSeconds").orElse(DEFAULT_GRACE_SECONDS);
        if (grace < 0 || grace > MAX_GRACE_SECONDS) {
            throw ApiException.invalid("gracePeriodSeconds", "must be from 0 to " + MAX_GRACE_SECONDS);
        }
        endpoints.rotateSecret(application, endpoint, key, Duration.ofSeconds(grace));
        return Response.noContent().build();
    }

    @GET
    @Path("{endpoint_id}/headers")
    public Response headers(@PathParam("endpoint_id") String endpoint) {
        return JsonResponse.of(200, EndpointHeaders.toJson(secrets.headers(endpoints.get(application(), endpoint))));
    }

    @PUT
    @Path("{endpoint_id}/headers")
    public Response putHeaders(@PathParam("endpoint_id") String endpoint, RequestBody body) {
        Application application = application();
        Map<String, String> headers = EndpointHeaders.required(JsonFields.parse(body));
        endpoints.changeHeaders(application, endpoint, old -> headers);
        return Response.noContent().build();
    }

    @PATCH
    @Path("{endpoint_id}/headers")
    public Response patchHeaders(@PathParam("endpoint_id") String endpoint, RequestBody body) {
        Application application = application();
        JsonFields fields = JsonFields.parse(body);
        // Held to the rules before it is known whether there is such an endpoint.
        EndpointHeaders.patched(Map.of(), fields);
        endpoints.changeHeaders(application, endpoint, old -> EndpointHeaders.patched(old, fields));
        return Response.noContent().build();
    }

    @GET
    @Path("{endpoint_id}/credentials")
    public Response credentials(@PathParam("endpoint_id") String endpoint) {
        return JsonResponse.of(200, CredentialsOut.of(secrets.credentials(endpoints.get(application(), endpoint))));
    }

    @PUT
    @Path("{endpoint_id}/credentials")
    public Response putCredentials(@PathParam("endpoint_id") String endpoint, RequestBody body) {
        Application application = application();
        Credentials credentials = CredentialsIn.of(JsonFields.parse(body), httpsOnly(), clock.instant());
        endpoints.setCredentials(application, endpoint, credentials);
        return Response.noContent().build();
    }

    @DELETE
    @Path("{endpoint_id}/credentials")
    public Response deleteCredentials(@PathParam("endpoint_id") String endpoint) {
        endpoints.setCredentials(application(), endpoint, Credentials.NONE);
        return Response.noContent().build();
    }

    @GET
    @Path("{endpoint_id}/retry-schedule")
    public Response retrySchedule(@PathParam("endpoint_id") String endpoint) {
        Optional<List<Duration>> own = endpoints.get(application(), endpoint).retrySchedule();
        return JsonResponse.of(
                200, RetryDelays.toJson(own.orElseGet(() -> settings.delivery().retrySchedule()), own.isEmpty()));
    }

    @PUT
    @Path("{endpoint_id}/retry-schedule")
    public Response putRetrySchedule(@PathParam("endpoint_id") String endpoint, RequestBody body) {
        Application application = application();
        endpoints.setRetrySchedule(application, endpoint, RetryDelays.of(JsonFields.parse(body)));
        return Response.noContent().build();
    }

    @DELETE
    @Path("{endpoint_id}/retry-schedule")
    public Response deleteRetrySchedule(@PathParam("endpoint_id") String endpoint) {
        endpoints.setRetrySchedule(application(), endpoint, null);
        return Response.noContent().build();
    }

    @DELETE
    @Path("{endpoint_id}")
    public Response delete(@PathParam("endpoint_id") String endpoint) {
        endpoints.delete(application(), endpoint);
        return Response.noContent().build();
    }

    private boolean httpsOnly() {
        return settings.delivery().httpsOnly();
    }

    /** @throws ApiException 404 if there is none */
    protected abstract Application application();
}
