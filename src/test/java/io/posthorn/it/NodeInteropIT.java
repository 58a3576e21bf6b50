package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Other people's libraries for Node against a running Posthorn: the SDK of Svix drives its API, Octokit's collection of
 * payloads is received and handed to observers, and what the libraries of providers sign is verified. The tests are in
 * {@code src/test/node}. On a machine that has no Node or reaches no registry they are left out, unless
 * {@code posthorn.interop.required} is set.
 */
class NodeInteropIT {

    @Test
    void librariesForNodeWorkWithPosthorn() throws Exception {
        Interop.needs(NodeProject.has("node") && NodeProject.has("npm"), "node and npm are not on the path");
        NodeProject project = new NodeProject();
        Optional<String> failure = project.failure(Map.of(), "npm", "ci");
        if (failure.isPresent()) {
            Optional<String> unreachable = project.failure(Map.of(), "npm", "view", "svix", "version");
            Interop.needs(unreachable.isEmpty(), "no registry of packages can be reached: " + unreachable.orElse(""));
        }
        assertThat(failure)
                .as("where there is a registry, the packages can be installed")
                .isEmpty();

        Path notes = Files.createTempFile("posthorn-observed", ".txt");
        try (ServerProcess server = new ServerProcess(
                                ServerKind.PAYARA,
                                "NodeInterop",
                                ExtendedWar.with(NotingObserver.class),
                                settings(notes))
                        .start();
                ContractProxy watched = new ContractProxy(server.url())) {
            project.run(
                    Map.of(
                            "POSTHORN_URL", server.url(),
                            "POSTHORN_WATCHED_URL", watched.url(),
                            "POSTHORN_TOKEN", server.generatedToken(),
                            "POSTHORN_CONTRACT", contract(),
                            "POSTHORN_NOTES", notes.toString()),
                    "node",
                    "--test",
                    "--test-reporter=spec");
        }
    }

    private static Map<String, String> settings(Path notes) {
        return Map.of(
                NotingObserver.NOTES,
                notes.toString(),
                // The bytes of every payload have to outlive another one than theirs.
                "file.encoding",
                "ISO-8859-1",
                "posthorn.inbound.rate-limit",
                "off",
                "posthorn.inbound.trusted-proxies",
                "127.0.0.1",
                "posthorn.delivery.https-only",
                "false",
                "posthorn.delivery.allowed-subnets",
                "127.0.0.0/8,::1",
                "posthorn.delivery.poll-interval",
                "PT0.2S");
    }

    private static String contract() throws IOException, URISyntaxException {
        return Path.of(NodeInteropIT.class.getResource("svix-openapi.json").toURI())
                .toString();
    }
}
