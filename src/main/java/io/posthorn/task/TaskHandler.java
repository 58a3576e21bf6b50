package io.posthorn.task;

import jakarta.json.JsonObject;
import java.util.Optional;

/** Does one kind of long work, or several; a CDI bean. */
public interface TaskHandler {

    /** Whether this does work of the kind. */
    boolean handles(String task);

    /**
     * Does a batch in the caller's transaction. A batch that is interrupted is done again from its beginning.
     *
     * @param from where the batch before ended; empty at the beginning
     */
    Batch next(String task, JsonObject parameters, Optional<String> from);

    /**
     * What a batch came to.
     *
     * @param done how many items it did
     * @param next where the next one begins; empty if all is done
     */
    record Batch(int done, Optional<String> next) {}
}
