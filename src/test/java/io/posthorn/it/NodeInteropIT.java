package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Other people's libraries for Node against a running Posthorn: the SDK of Svix drives its API, Octokit's collection of
 * payloads is received, and what the libraries of providers sign is verified. The tests are in {@code src/test/node}; a
 * machine that cannot run them says so by {@code -Dnode.skip=true}, else they fail there.
 */
class NodeInteropIT {

    private static final String SKIP = "node.skip";

    @Test
    void librariesForNodeWorkWithPosthorn() throws Exception {
        assumeThat(Boolean.getBoolean(SKIP)).as("Left out by -D" + SKIP).isFalse();
        assertThat(List.of("node", "npm"))
                .as("on the path, or -D" + SKIP + "=true to leave these tests out")
                .allMatch(NodeProject::has);
        NodeProject project = new NodeProject();
        assertThat(project.failure(Map.of(), "npm", "ci"))
                .as("the packages can be installed, or -D" + SKIP + "=true to leave these tests out")
                .isEmpty();

        try (ServerProcess server = new ServerProcess(
                                ServerKind.PAYARA, "NodeInterop", ServerProcess.posthornWar(), settings())
                        .start();
                ContractProxy watched = new ContractProxy(server.url())) {
            project.run(
                    Map.of(
                            "POSTHORN_URL", server.url(),
                            "POSTHORN_WATCHED_URL", watched.url(),
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
