package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The console lines of the README, pasted into a shell, give what the README shows. */
class ReadmeIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A command and the lines shown below it. */
    private record Step(String command, String shown) {}

    @Test
    void theConsoleLinesGiveWhatTheReadmeShows() throws Exception {
        Map<String, String> settings = Map.of("posthorn.config", "server-config/quickstart.properties");
        try (ServerProcess server =
                        new ServerProcess(ServerKind.PAYARA, "Readme", ServerProcess.posthornWar(), settings).start();
                ContractProxy watched = new ContractProxy(server.url())) {
            Gateway gateway = new Gateway(server.url(), server.generatedToken());
            Map<String, String> replacements = Map.of(
                    "posthorn-data/", server.dataDirectory() + "/",
                    "http://localhost:9000", "http://localhost:" + ServerProcess.freePort(),
                    "localhost:8080", watched.url().substring("http://".length()));

            List<Step> steps = steps(replacements);

            assertThat(steps).hasSizeGreaterThan(8);
            try (Shell shell = new Shell()) {
                for (Step step : steps) {
                    if (step.command().endsWith("/webhooks/events")) {
                        // A person is slower than the observer; a test is not.
                        await().atMost(LIMIT)
                                .until(() -> gateway.events("").getValuesAs(JsonObject.class).stream()
                                        .allMatch(event ->
                                                event.getString("status").equals("PROCESSED")));
                    }
                    shell.run(step);
                }
            }
            assertThat(server.log())
                    .anyMatch(line -> line.matches(".*Webhook evt_\\w+: payment.succeeded from default.*"));
        }
    }

    private static List<Step> steps(Map<String, String> replacements) throws IOException {
        String sinkPort = replacements.get("http://localhost:9000").replaceAll(".*:", "");
        String readme = Files.readString(Path.of("README.md"));
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            readme = readme.replace(replacement.getKey(), replacement.getValue());
        }
        readme = readme.replace("Sink.java 9000", "Sink.java " + sinkPort);
        List<Step> steps = new ArrayList<>();
        var blocks = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL).matcher(readme);
        while (blocks.find()) {
            for (String part : blocks.group(1).split("(?m)^\\$ ", -1)) {
                if (!part.isBlank()) {
                    String[] lines = part.split("\n", 2);
                    steps.add(new Step(lines[0], lines[1].trim()));
                }
            }
        }
        return steps;
    }

    /** A shell that is fed one command after the other, as by a person. */
    private static final class Shell implements AutoCloseable {

        private final StringBuffer output = new StringBuffer();
        private final Process process;
        private final Writer input;

        Shell() throws IOException {
            process = new ProcessBuilder("bash").redirectErrorStream(true).start();
            input = process.outputWriter(UTF_8);
            Thread reader = new Thread(this::readOutput);
            reader.setDaemon(true);
            reader.start();
        }

        void run(Step step) throws IOException {
            output.setLength(0);
            input.write(step.command() + "\n");
            input.flush();
            Pattern shown =
                    Pattern.compile(Arrays.stream(withoutBreaks(step.shown()).split("…", -1))
                            .map(Pattern::quote)
                            .collect(Collectors.joining(".*")));
            await(step.command())
                    .atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(withoutBreaks(output.toString())).matches(shown));
        }

        /** The answers of curl end without a line break, which the README shows all the same. */
        private static String withoutBreaks(String text) {
            return text.replaceAll("\\R", "");
        }

        private void readOutput() {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                for (int c = reader.read(); c >= 0; c = reader.read()) {
                    output.append((char) c);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
