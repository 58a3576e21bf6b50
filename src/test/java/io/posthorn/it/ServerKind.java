package io.posthorn.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How each server is started with a WAR: the documented command lines. */
public enum ServerKind {
    PAYARA {
        @Override
        List<String> command(Path directory, Path war, int port, Map<String, String> settings) {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            return payara(java, property("it.payara.jar"), directory, war, port, settings);
        }
    },
    /** Jakarta EE 11; its classes need a newer JDK than ours. */
    PAYARA_7 {
        @Override
        List<String> command(Path directory, Path war, int port, Map<String, String> settings) {
            Path java = NewerJdk.find().orElseThrow().resolve("bin").resolve("java");
            return payara(java, property("it.payara7.jar"), directory, war, port, settings);
        }
    },
    WILDFLY {
        @Override
        List<String> command(Path directory, Path war, int port, Map<String, String> settings) {
            Path home = Path.of(property("it.wildfly.home"));
            Path base = directory.resolve("standalone");
            copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
            copy(war, base.resolve("deployments").resolve(war.getFileName()));
            List<String> command =
                    new ArrayList<>(List.of(home.resolve("bin/standalone.sh").toString()));
            command.addAll(List.of("-c", "standalone-microprofile.xml", "-b", "127.0.0.1"));
            command.add("-Djboss.server.base.dir=" + base);
            command.add("-Djboss.http.port=" + port);
            command.add("-Djboss.https.port=" + ServerProcess.freePort());
            command.add("-Djboss.management.http.port=" + ServerProcess.freePort());
            settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
            return command;
        }

        @Override
        List<String> accessLogOptions(Path directory) {
            return List.of("-y=" + property("it.wildfly.accesslog"));
        }

        @Override
        Path accessLogs(Path directory) {
            return directory.resolve("standalone/log");
        }
    };

    /** @param directory of this server alone, for whatever it writes */
    abstract List<String> command(Path directory, Path war, int port, Map<String, String> settings);

    /** Of the documentation: what makes the server log its requests. */
    List<String> accessLogOptions(Path directory) {
        return List.of(
                "--accesslog",
                accessLogs(directory).toString(),
                "--accesslogformat",
                "%client.name% %datetime% %http-method% %status% %response.length%",
                // In seconds; else a test would wait for minutes.
                "--accessloginterval",
                "1");
    }

    /** The directory in which it does so. */
    Path accessLogs(Path directory) {
        return directory.resolve("access-log");
    }

    static List<String> jvmOptions() {
        return List.of(property("it.jvm.options").split(" "));
    }

    private static List<String> payara(
            Path java, String jar, Path directory, Path war, int port, Map<String, String> settings) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(jvmOptions());
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-Dposthorn.address=127.0.0.1");
        command.addAll(List.of("-jar", jar, "--nohazelcast"));
        // A new one at each start: in an old one Payara finds the application, deploys it, and then deploys ours again.
        command.addAll(List.of(
                "--rootDir", directory.resolve("payara-" + System.nanoTime()).toString()));
        command.addAll(List.of("--prebootcommandfile", property("it.payara.preboot")));
        command.addAll(List.of("--contextroot", "/", "--deploy", war.toString(), "--port", Integer.toString(port)));
        return command;
    }

    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The build sets " + name);
        }
        return value;
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
