package io.posthorn.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Which database to use: an H2 file in the data directory unless a URL says otherwise. */
public record DatabaseSettings(String url, Optional<String> user, Optional<String> password) {

    static final String URL = "posthorn.datasource.url";

    // WRITE_DELAY=0: H2 would else keep committed work in memory for half a second, and kill -9 would lose it.
    // DB_CLOSE_ON_EXIT=FALSE: the server's own shutdown closes the pool, and with it the database.
    private static final String H2_OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";

    /** The databases that the schema and the queries are written for. */
    public enum Kind {
        H2,
        POSTGRESQL
    }

    public static DatabaseSettings from(Config config) {
        SettingReader reader = new SettingReader(config);
        String url = reader.text(URL).orElseGet(() -> embedded(DataDirectory.from(reader)));
        DatabaseSettings settings = new DatabaseSettings(
                url, reader.text("posthorn.datasource.user"), reader.text("posthorn.datasource.password"));
        // Asking for the kind checks the URL.
        return settings.kind() == Kind.H2 ? settings.withH2Options() : settings;
    }

    private static String embedded(Path dataDirectory) {
        // Made here, for its owner alone; H2 would make it readable for everyone.
        return "jdbc:h2:file:" + DataDirectory.create(dataDirectory).resolve("posthorn");
    }

    /** @throws InvalidSettingException if the URL names another database */
    public Kind kind() {
        if (url.startsWith("jdbc:h2:")) {
            return Kind.H2;
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return Kind.POSTGRESQL;
        }
        throw InvalidSettingException.ofSecret(URL, "a URL that starts with jdbc:h2: or jdbc:postgresql:");
    }

    private DatabaseSettings withH2Options() {
        boolean hasOwnDelay = url.toUpperCase(Locale.ROOT).contains("WRITE_DELAY");
        return hasOwnDelay ? this : new DatabaseSettings(url + H2_OPTIONS, user, password);
    }

    @Override
    public String toString() {
        return kind().toString();
    }
}
