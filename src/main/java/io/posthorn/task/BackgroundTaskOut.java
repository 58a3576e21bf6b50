package io.posthorn.task;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Set;

/** A background task as clients see it. */
public final class BackgroundTaskOut {

    static final String OTHER_KIND = "endpoint.bulk-replay";

    /** Svix clients refuse an answer with a name that they do not know, so ours appear under the nearest of theirs. */
    static final Set<String> SVIX_KINDS = Set.of("endpoint.recover", "endpoint.replay", OTHER_KIND);

    private BackgroundTaskOut() {}

    /** What the operation that started it answers. */
    public static JsonObject brief(BackgroundTask task) {
        return fields(task).build();
    }

    /** With what it was asked to do, and how many items it has done; those of Svix's end with Svix's name for that. */
    static JsonObject of(BackgroundTask task) {
        JsonObjectBuilder data = JSON.createObjectBuilder(
                        StrictJson.parse(task.parameters).asJsonObject())
                .add("kind", task.task)
                .add("done", task.done);
        if (task.status == TaskStatus.FINISHED && SVIX_KINDS.contains(task.task)) {
            data.add("messagesSent", task.done);
        }
        return fields(task).add("data", data).build();
    }

    private static JsonObjectBuilder fields(BackgroundTask task) {
        return JSON.createObjectBuilder()
                .add("id", task.id)
                .add("status", task.status.text())
                .add("task", SVIX_KINDS.contains(task.task) ? task.task : OTHER_KIND)
                .add("updatedAt", task.updatedAt.toInstant().toString());
    }
}
