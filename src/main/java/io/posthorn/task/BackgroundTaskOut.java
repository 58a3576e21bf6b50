package io.posthorn.task;

import io.posthorn.rest.StrictJson;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** A background task as clients see it. */
public final class BackgroundTaskOut {

    private BackgroundTaskOut() {}

    /** What the operation that started it answers. */
    public static JsonObject brief(BackgroundTask task) {
        return fields(task).build();
    }

    /** With what it was asked to do, and how many items it has done. */
    static JsonObject of(BackgroundTask task) {
        JsonObject data = Json.createObjectBuilder(
                        StrictJson.parse(task.parameters).asJsonObject())
                .add("done", task.done)
                .build();
        return fields(task).add("data", data).build();
    }

    private static JsonObjectBuilder fields(BackgroundTask task) {
        return Json.createObjectBuilder()
                .add("id", task.id)
                .add("status", task.status.text())
                .add("task", task.task)
                .add("updatedAt", task.updatedAt.toInstant().toString());
    }
}
