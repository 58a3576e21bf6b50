package io.posthorn.task;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.Optional;

/** {@code /api/v1/background-task} */
@Path("background-task")
@RequestScoped
@Authenticated
@OrganizationOnly
public class BackgroundTaskResource {

    @Inject
    Caller caller;

    @Inject
    BackgroundTasks tasks;

    @GET
    public Response list(@Context UriInfo uri) {
        Optional<TaskStatus> status = QueryParameters.parse(uri, "status", BackgroundTaskResource::status);
        PageRequest page = PageRequest.of(uri, BackgroundTask.ID_PREFIX);
        return tasks.list(
                        caller.organizationId(),
                        status,
                        QueryParameters.text(uri, "task"),
                        page,
                        QueryParameters.descending(uri, true))
                .toResponse(task -> task.id, task -> BackgroundTaskOut.of(task).toString());
    }

    @GET
    @Path("{task_id}")
    public Response get(@PathParam("task_id") String task) {
        return JsonResponse.of(200, BackgroundTaskOut.of(tasks.get(caller.organizationId(), task)));
    }

    private static TaskStatus status(String text) {
        return Arrays.stream(TaskStatus.values())
                .filter(status -> status.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }
}
