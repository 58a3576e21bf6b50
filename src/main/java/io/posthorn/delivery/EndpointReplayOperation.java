package io.posthorn.delivery;

import io.posthorn.rest.JsonResponse;
import io.posthorn.task.BackgroundTask;
import io.posthorn.task.BackgroundTaskOut;
import io.posthorn.task.BackgroundTasks;
import jakarta.inject.Inject;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** What the operations have in common that send an endpoint many messages again, behind their answer. */
abstract class EndpointReplayOperation extends ApplicationOperation {

    @PathParam("endpoint_id")
    String endpointId;

    @Inject
    BackgroundTasks tasks;

    Response start(String task, ReplayScope scope) {
        BackgroundTask started = tasks.start(caller.organizationId(), task, scope.toJson());
        return JsonResponse.of(202, BackgroundTaskOut.brief(started));
    }
}
