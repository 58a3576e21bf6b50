package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.access.Authenticated;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.RequestBody;
import io.posthorn.task.BackgroundTask;
import io.posthorn.task.BackgroundTaskOut;
import io.posthorn.task.BackgroundTasks;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** {@code /ingest/api/v1/source/{source_id}/replay}: hands many events to their observers once more. */
@Path("source/{source_id}/replay")
@RequestScoped
@Authenticated
@OrganizationOnly
public class SourceReplayResource extends SourceOperation {

    @Inject
    BackgroundTasks tasks;

    @POST
    public Response replay(RequestBody body) {
        JsonFields fields = JsonFields.parse(body);
        JsonObjectBuilder parameters = JSON.createObjectBuilder()
                .add("orgId", caller.organizationId())
                .add("source", inboxId())
                .add("since", fields.requiredTime("since").toString())
                .add("until", fields.optionalTime("until").orElse(now()).toString());
        fields.optionalString("status")
                .map(text -> fields.checked("status", () -> InboxStatus.of(text)))
                .ifPresent(status -> parameters.add("status", status.name()));
        BackgroundTask task = tasks.start(caller.organizationId(), InboxReplay.TASK, parameters.build());
        return JsonResponse.of(202, BackgroundTaskOut.brief(task));
    }
}
