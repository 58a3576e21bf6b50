package io.posthorn.source;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.config.Settings;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.NullableJson;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import io.posthorn.rest.RequestBody;
import io.posthorn.rest.UniqueCreation;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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

/** {@code /ingest/api/v1/source} */
@Path("source")
@RequestScoped
@Authenticated
@OrganizationOnly
public class SourceResource {

    @Context
    UriInfo uri;

    @Inject
    Caller caller;

    @Inject
    StoredSources sources;

    @Inject
    Settings settings;

    @POST
    public Response create(RequestBody body) {
        SourceIn in = SourceIn.of(JsonFields.parse(body));
        return JsonResponse.of(201, toJson(UniqueCreation.of(() -> sources.create(caller.organizationId(), in))));
    }

    @GET
    public Response list() {
        return sources.list(
                        caller.organizationId(),
                        PageRequest.of(uri, StoredSource.ID_PREFIX),
                        QueryParameters.descending(uri, false))
                .toResponse(source -> source.id, source -> toJson(source).toString());
    }

    @GET
    @Path("{source_id}")
    public Response get(@PathParam("source_id") String source) {
        return JsonResponse.of(200, toJson(sources.get(caller.organizationId(), source)));
    }

    @PUT
    @Path("{source_id}")
    public Response put(@PathParam("source_id") String source, RequestBody body) {
        SourceIn in = SourceIn.of(JsonFields.parse(body));
        StoredSources.Put put = UniqueCreation.of(() -> sources.put(caller.organizationId(), source, in));
        return JsonResponse.of(put.isNew() ? 201 : 200, toJson(put.source()));
    }

    @PATCH
    @Path("{source_id}")
    public Response patch(@PathParam("source_id") String source, RequestBody body) {
        JsonFields fields = JsonFields.parse(body);
        return JsonResponse.of(
                200, toJson(UniqueCreation.of(() -> sources.patch(caller.organizationId(), source, fields))));
    }

    @DELETE
    @Path("{source_id}")
    public Response delete(@PathParam("source_id") String source) {
        sources.delete(caller.organizationId(), source);
        return Response.noContent().build();
    }

    @POST
    @Path("{source_id}/token/rotate")
    public Response rotateToken(@PathParam("source_id") String source) {
        StoredSource rotated = sources.rotateToken(caller.organizationId(), source);
        return JsonResponse.of(
                200,
                JSON.createObjectBuilder().add("ingestUrl", ingestUrl(rotated)).build());
    }

    private JsonObject toJson(StoredSource source) {
        JsonObjectBuilder metadata = JSON.createObjectBuilder();
        source.metadata.forEach(metadata::add);
        return JSON.createObjectBuilder()
                .add("id", source.id)
                .add("uid", NullableJson.of(source.uid))
                .add("name", source.name)
                .add("type", source.type)
                .add("config", SourceConfig.readable(sources.config(source)))
                .add("ingestUrl", ingestUrl(source))
                .add("metadata", metadata)
                .add("createdAt", source.createdAt.toInstant().toString())
                .add("updatedAt", source.updatedAt.toInstant().toString())
                .build();
    }

    private String ingestUrl(StoredSource source) {
        String path = "/webhooks/" + sources.token(source);
        return settings.inbound()
                .publicUrl()
                .map(url -> url + path)
                .orElseGet(() -> uri.getBaseUri().resolve(path).toString());
    }
}
