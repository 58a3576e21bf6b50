package io.posthorn.persistence;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How rows are inserted into a table.
 *
 * @param sql with a parameter for each value
 * @param values of a row, in the order of the parameters
 */
public record Insertion<T>(String sql, Function<T, @Nullable Object[]> values) {

    public static <T> Insertion<T> into(String table, List<String> columns, Function<T, @Nullable Object[]> values) {
        return new Insertion<>(
                "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                        + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")",
                values);
    }
}
