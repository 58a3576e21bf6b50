package io.posthorn.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * Which database to use: an H2 file in the data directory unless a URL says otherwise.
 *
 * @param maxPoolSize how many connections a node has at most; two or more, as one may be an observer's
 * @param directory that the embedded database is to be made in; empty where a URL is configured
 */
public record DatabaseSettings(
        String url, Optional<String> user, Optional<String> password, int maxPoolSize, Optional<Path> directory) {

    static final String URL = "posthorn.datasource.url";

    private static final String H2 = "jdbc:h2:";
    private static final String H2_FILE = H2 + "file:";

    /** Begins what is no path: {@code mem:}, {@code tcp:} and so on. A drive has one letter. */
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z]{2,}:.*");

    private static final int DEFAULT_POOL_SIZE = 50;

    private static final Map<String, String> H2_OPTIONS = new TreeMap<>(Map.of(
            // H2 would else keep committed work in memory for half a second, and kill -9 would lose it.
            "WRITE_DELAY", "0",
            // The server's own shutdown closes the pool, and with it the database.
            "DB_CLOSE_ON_EXIT", "FALSE",
            "LOCK_TIMEOUT", "10000"));

    /** The databases that the schema and the queries are written for. */
    public enum Kind {
        H2,
        POSTGRESQL
    }

    /** @throws InvalidSettingException if the URL names another database */
    public static DatabaseSettings from(Config config) {
        SettingReader reader = new SettingReader(config);
        Optional<String> configured = reader.text(URL);
        Path directory = DataDirectory.from(reader);
        String url = configured.orElseGet(() -> H2_FILE + directory.resolve("posthorn"));
        return new DatabaseSettings(
                kind(url) == Kind.H2 ? withH2Options(url) : url,
                reader.text("posthorn.datasource.user"),
                reader.text("posthorn.datasource.password"),
                reader.wholeNumber("posthorn.datasource.max-pool-size", 2, DEFAULT_POOL_SIZE),
                configured.isPresent() ? Optional.empty() : Optional.of(directory));
    }

    public Kind kind() {
        return kind(url);
    }

    /** The directory that an embedded database keeps its files in; empty if they are in memory or another process's. */
    public Optional<Path> files() {
        if (directory.isPresent() || !url.startsWith(H2)) {
            return directory;
        }
        // H2 takes what says nothing else for a file.
        String file = url.substring(H2.length()).replaceFirst("^file:", "").replaceFirst(";.*", "");
        if (SCHEME.matcher(file).matches()) {
            return Optional.empty();
        }
        // H2's abbreviation.
        String path = file.startsWith("~/") ? System.getProperty("user.home") + file.substring(1) : file;
        return Optional.ofNullable(Path.of(path).toAbsolutePath().getParent());
    }

    private static Kind kind(String url) {
        if (url.startsWith(H2)) {
            return Kind.H2;
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return Kind.POSTGRESQL;
        }
        throw InvalidSettingException.ofSecret(URL, "a URL that starts with jdbc:h2: or jdbc:postgresql:");
    }

    /** Adds the options that the URL does not set itself. */
    private static String withH2Options(String url) {
        StringBuilder complete = new StringBuilder(url);
        String given = url.toUpperCase(Locale.ROOT);
        H2_OPTIONS.forEach((option, value) -> {
            if (!given.contains(";" + option + "=")) {
                complete.append(';').append(option).append('=').append(value);
            }
        });
        return complete.toString();
    }

    @Override
    public String toString() {
        return kind().toString();
    }
}
