package io.posthorn.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A JDK of version 21 or newer on this machine: the one that JAVA_21_HOME names, or one beside the others. */
final class NewerJdk {

    private static final int WANTED = 21;

    private NewerJdk() {}

    static Optional<Path> find() {
        return Stream.concat(Optional.ofNullable(System.getenv("JAVA_21_HOME")).map(Path::of).stream(), installed())
                .filter(home -> version(home) >= WANTED)
                .findFirst();
    }

    private static Stream<Path> installed() {
        Path parent = Path.of(System.getProperty("java.home")).getParent();
        try (Stream<Path> homes = Files.list(parent)) {
            return homes.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path home) {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)
                || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
            return 0;
        }
        try (InputStream stream = Files.newInputStream(release)) {
            Properties properties = new Properties();
            properties.load(stream);
            String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
            return Runtime.Version.parse(version).feature();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
