package io.posthorn.rest;

import com.networknt.schema.Error;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs the JSON Schema library. What it cannot cope with does not meet a schema. */
public final class SchemaCheck {

    private static final String LIMIT = "it exceeds a limit of the parser";

    private SchemaCheck() {}

    /**
     * What is wrong, and where; empty if all is well.
     *
     * @param validation runs the library
     */
    public static Optional<String> firstError(Supplier<List<Error>> validation) {
        try {
            return validation.get().stream()
                    .findFirst()
                    .map(error -> error.getInstanceLocation() + " " + error.getMessage());
        } catch (RuntimeException | StackOverflowError limitOfTheLibrary) {
            // Long names and numbers surface as exceptions of several kinds, and a schema can refer to itself without
            // end.
            return Optional.of(LIMIT);
        }
    }
}
