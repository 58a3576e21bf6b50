package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.svix.Svix;
import com.svix.models.ApplicationIn;
import com.svix.models.EndpointIn;
import com.svix.models.MessageIn;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same WAR on Jakarta EE 11, where a JDK for it is found. */
class Payara7SmokeIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void theSameWarReceivesAndDelivers() throws Exception {
        assumeThat(NewerJdk.find())
                .as("Left out: Payara 7 needs a JDK 21 or newer, named by JAVA_21_HOME or beside this one")
                .isPresent();
        Map<String, String> settings = Map.of(
                "posthorn.sources.default.type", "generic",
                "posthorn.sources.default.secret", Gateway.SECRET,
                "posthorn.delivery.https-only", "false",
                "posthorn.delivery.allowed-subnets", "127.0.0.0/8");
        try (ServerProcess server = new ServerProcess(
                                ServerKind.PAYARA_7, "Payara7", ServerProcess.posthornWar(), settings)
                        .start();
                Receiver receiver = new Receiver()) {
            Gateway gateway = new Gateway(server.url(), server.generatedToken());
            Svix svix = gateway.svix();
            svix.getApplication().create(new ApplicationIn().name("a").uid("a"));
            svix.getEndpoint().create("a", new EndpointIn().url(URI.create(receiver.url("/seven"))));

            String event = Gateway.json(gateway.receive("/webhooks", "{\"id\":\"1\",\"type\":\"t\"}"))
                    .getString("id");
            svix.getMessage().create("a", new MessageIn().eventType("t").payload("{}"));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(gateway.eventStatus(event)).isEqualTo("PROCESSED"));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(receiver.requestsTo("/seven")).hasSize(1));
        }
    }
}
