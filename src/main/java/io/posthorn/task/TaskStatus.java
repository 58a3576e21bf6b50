package io.posthorn.task;

import java.util.Locale;

/** What has become of a task. */
enum TaskStatus {
    RUNNING,
    FINISHED,
    FAILED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
