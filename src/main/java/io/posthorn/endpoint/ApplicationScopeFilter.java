package io.posthorn.endpoint;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.rest.ApiException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Hides every other application from a token that reaches one only: 404, as if there were none. */
@Provider
@Authenticated
@Priority(Priorities.AUTHORIZATION + 1)
@Dependent
public class ApplicationScopeFilter implements ContainerRequestFilter {

    private static final String APPLICATION = "app_id";

    @Inject
    Caller caller;

    @Inject
    Applications applications;

    @Override
    public void filter(ContainerRequestContext request) {
        String asked = request.getUriInfo().getPathParameters().getFirst(APPLICATION);
        if (asked != null && caller.applicationId().isPresent() && !isCallersOwn(asked)) {
            throw ApiException.notFound();
        }
    }

    private boolean isCallersOwn(String idOrUid) {
        return applications
                .find(caller.organizationId(), idOrUid)
                .map(Application::id)
                .equals(caller.applicationId());
    }
}
