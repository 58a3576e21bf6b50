package io.posthorn.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Answers 403 where an application's token asks for what is the organization's. */
@Provider
@OrganizationOnly
@Priority(Priorities.AUTHORIZATION)
@Dependent
public class OrganizationOnlyFilter implements ContainerRequestFilter {

    @Inject
    Caller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        caller.requireOrganization();
    }
}
