package io.posthorn.persistence;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be set on a connection and stays with it from one transaction to the next, as it was when it was opened. */
final class LastingState {

    private static final Set<String> SETTERS = Set.of(
            "setCatalog",
            "setClientInfo",
            "setHoldability",
            "setNetworkTimeout",
            "setReadOnly",
            "setSchema",
            "setTransactionIsolation",
            "setTypeMap");

    private final Map<String, Object> values;

    private LastingState(Map<String, Object> values) {
        this.values = values;
    }

    static LastingState of(Connection opened) throws SQLException {
        Map<String, Object> values = new HashMap<>();
        values.put("setReadOnly", opened.isReadOnly());
        values.put("setTransactionIsolation", opened.getTransactionIsolation());
        Properties clientInfo = opened.getClientInfo();
        if (clientInfo != null) {
            values.put("setClientInfo", clientInfo);
        }
        return new LastingState(values);
    }

    /** @param method of {@link Connection} */
    static boolean isSetBy(Method method) {
        return SETTERS.contains(method.getName());
    }

    /** Whether a setter would change nothing; false of those whose value is not known. */
    boolean isSame(Method setter, Object @Nullable [] arguments) {
        return arguments != null
                && arguments.length == 1
                && arguments[0] != null
                && arguments[0].equals(values.get(setter.getName()));
    }
}
