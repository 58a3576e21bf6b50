package io.posthorn.endpoint;

import static io.posthorn.json.JsonApi.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.access.Token;
import io.posthorn.access.Tokens;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.RequestBody;
import io.posthorn.rest.Uid;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/** {@code /api/v1/auth}: tokens for an application's own portal. */
@Path("auth")
@RequestScoped
@Authenticated
@OrganizationOnly
public class PortalResource {

    private static final Duration DEFAULT_LIFE = Duration.ofDays(28);
    private static final int MIN_LIFE_SECONDS = 3_600;
    private static final int MAX_LIFE_SECONDS = 604_800;

    @Inject
    Caller caller;

    @Inject
    Applications applications;

    @Inject
    ApplicationsBeside beside;

    @Inject
    Tokens tokens;

    @Context
    UriInfo uri;

    @POST
    @Path("app-portal-access/{app_id}")
    public Response portalAccess(@PathParam("app_id") String idOrUid, RequestBody body) {
        JsonFields fields = JsonFields.parse(body);
        Set<String> flags = fields.optionalStrings("featureFlags").orElse(Set.of());
        flags.forEach(flag -> Uid.checkName("featureFlags", flag));
        Duration life = fields.optionalInt("expiry").map(PortalResource::life).orElse(DEFAULT_LIFE);
        return access(beside.getOrCreate(caller.organizationId(), idOrUid, fields), flags, life);
    }

    /** The older name of {@link #portalAccess}. */
    @POST
    @Path("dashboard-access/{app_id}")
    public Response dashboardAccess(@PathParam("app_id") String idOrUid) {
        return access(applications.get(caller.organizationId(), idOrUid), Set.of(), DEFAULT_LIFE);
    }

    private Response access(Application application, Set<String> flags, Duration life) {
        String token = tokens.issue(Token.ofApplication(application.organizationId(), application.id(), flags), life);
        JsonObject key = JSON.createObjectBuilder()
                .add("appId", application.id())
                .add("token", token)
                .build();
        URI console = uri.getBaseUri().resolve("/console/");
        String encoded = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.toString().getBytes(UTF_8));
        return JsonResponse.of(
                200,
                JSON.createObjectBuilder()
                        .add("url", console + "#key=" + encoded)
                        .add("token", token)
                        .build());
    }

    private static Duration life(int seconds) {
        if (seconds < MIN_LIFE_SECONDS || seconds > MAX_LIFE_SECONDS) {
            throw ApiException.invalid("expiry", "must be from " + MIN_LIFE_SECONDS + " to " + MAX_LIFE_SECONDS);
        }
        return Duration.ofSeconds(seconds);
    }
}
