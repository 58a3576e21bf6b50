package io.posthorn.access;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.NullableJson;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import io.posthorn.rest.RequestBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Optional;

/** {@code /api/v1/auth/token}: an organization's named tokens; operations of Posthorn's own. */
@Path("auth/token")
@RequestScoped
@Authenticated
@OrganizationOnly
public class TokenResource {

    private static final int MAX_NAME_LENGTH = 256;

    @Inject
    Caller caller;

    @Inject
    StoredTokens tokens;

    /** The answer has the token's text, which nobody will be told again. */
    @POST
    public Response create(RequestBody body) {
        JsonFields fields = JsonFields.parse(body);
        String name = fields.requiredString("name");
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
            throw ApiException.invalid("name", "must have 1 to " + MAX_NAME_LENGTH + " characters");
        }
        Role role = fields.optionalString("role")
                .map(text -> fields.checked("role", () -> Role.of(text)))
                .orElse(Role.ADMIN);
        Optional<Duration> life = fields.optionalInt("expiry").map(TokenResource::life);
        StoredTokens.Created created = tokens.create(caller.organizationId(), name, role, life);
        JsonObject answer = toJson(created.token()).add("token", created.text()).build();
        return JsonResponse.of(201, answer);
    }

    @GET
    public Response list(@Context UriInfo uri) {
        return tokens.list(
                        caller.organizationId(),
                        PageRequest.of(uri, StoredToken.ID_PREFIX),
                        QueryParameters.descending(uri, true))
                .toResponse(token -> token.id, token -> toJson(token).build().toString());
    }

    @DELETE
    @Path("{token_id}")
    public Response delete(@PathParam("token_id") String token) {
        tokens.remove(caller.organizationId(), token);
        return Response.noContent().build();
    }

    private static JsonObjectBuilder toJson(StoredToken token) {
        return JSON.createObjectBuilder()
                .add("id", token.id)
                .add("name", token.name)
                .add("role", token.role.text())
                .add("createdAt", token.createdAt.toInstant().toString())
                .add(
                        "expiresAt",
                        NullableJson.of(
                                token.expiresAt == null
                                        ? null
                                        : token.expiresAt.toInstant().toString()));
    }

    private static Duration life(int seconds) {
        if (seconds < 1) {
            throw ApiException.invalid("expiry", "must be at least 1 second");
        }
        return Duration.ofSeconds(seconds);
    }
}
