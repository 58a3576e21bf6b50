package io.posthorn.it;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Other people's libraries for Node against a running Posthorn: the SDK of Svix drives its API, Octokit's collection of
 * payloads is received, and what the libraries of providers sign is verified. The tests are in {@code src/test/node}.
 */
class NodeInteropIT {

    @Test
    void librariesForNodeWorkWithPosthorn() throws Exception {
        assumeThat(NodeProject.has("node") && NodeProject.has("npm"))
                .as("Left out: node and npm are not on the path")
                .isTrue();
        NodeProject project = new NodeProject();
        // A machine may reach no registry; what can be installed has to work.
        assumeThat(project.failure(Map.of(), "npm", "ci"))
                .as("Left out: the packages cannot be installed")
                .isEmpty();

        try (ServerProcess server =
                new ServerProcess(ServerKind.PAYARA, "NodeInterop", ServerProcess.posthornWar(), settings()).start()) {
            project.run(
                    Map.of(
                            "POSTHORN_URL", server.url(),
                            "POSTHORN_TOKEN", server.generatedToken(),
                            "POSTHORN_CONTRACT", contract()),
                    "node",
                    "--test",
                    "--test-reporter=spec");
        }
    }

    private static Map<String, String> settings() {
        return Map.of(
                "posthorn.inbound.rate-limit", "off",
                "posthorn.delivery.https-only", "false",
                "posthorn.delivery.allowed-subnets", "127.0.0.0/8,::1",
                "posthorn.delivery.poll-interval", "PT0.2S");
    }

    private static String contract() throws IOException, URISyntaxException {
        return Path.of(NodeInteropIT.class.getResource("svix-openapi.json").toURI())
                .toString();
    }
}
