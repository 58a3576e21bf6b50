package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A configuration that declares a source under the uid of a stored one. */
class ShadowedSourceIT {

    @Test
    void theStartSaysWhoseRequestsASourceOfTheConfigurationTakes() throws Exception {
        Map<String, String> before = new HashMap<>(Postgres.newDatabase("shadow"));
        before.put("posthorn.admin.token", "shadow");
        Map<String, String> after = new HashMap<>(before);
        after.put("posthorn.sources.shop.type", "generic");
        after.put("posthorn.sources.shop.secret", Gateway.SECRET);
        after.put("posthorn.sources.other.type", "generic");
        after.put("posthorn.sources.other.secret", Gateway.SECRET);
        String id = makeSource(before);
        try (ServerProcess server =
                new ServerProcess(ServerKind.WILDFLY, "ShadowedAfter", ServerProcess.posthornWar(), after)) {
            server.start();

            assertThat(server.log())
                    .anyMatch(
                            line -> line.contains("posthorn.sources.shop takes what is sent to /webhooks/shop from the"
                                    + " stored source " + id))
                    .noneMatch(line -> line.contains("posthorn.sources.other takes"));
        }
    }

    private static String makeSource(Map<String, String> settings) {
        try (ServerProcess server =
                new ServerProcess(ServerKind.WILDFLY, "ShadowedBefore", ServerProcess.posthornWar(), settings)) {
            server.start();
            String source =
                    "{\"name\":\"Shop\",\"uid\":\"shop\",\"type\":\"generic\",\"config\":{\"secret\":\"s3cret\"}}";
            return Gateway.json(new Gateway(server.url(), "shadow").manage("POST", "/ingest/api/v1/source", source))
                    .getString("id");
        }
    }
}
