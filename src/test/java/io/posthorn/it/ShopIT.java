package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.svix.Svix;
import com.svix.models.ApplicationIn;
import com.svix.models.EndpointIn;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example application: Posthorn's classes inside somebody else's WAR. */
class ShopIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource(names = {"PAYARA", "WILDFLY"})
    void aPaymentIsBookedAndPublishedInOneTransaction(ServerKind kind) throws Exception {
        Map<String, String> settings = Map.of(
                "posthorn.sources.default.type", "generic",
                "posthorn.sources.default.secret", Gateway.SECRET,
                "posthorn.inbound.retry-schedule", "0.1,0.1",
                "posthorn.delivery.poll-interval", "PT0.2S",
                "posthorn.delivery.https-only", "false",
                "posthorn.delivery.allowed-subnets", "127.0.0.0/8");
        Path war = Path.of(ServerKind.property("it.shop.war"));
        try (ServerProcess server = new ServerProcess(kind, "Shop" + kind, war, settings).start();
                Receiver receiver = new Receiver()) {
            Gateway gateway = new Gateway(server.url(), server.generatedToken());
            Svix svix = gateway.svix();
            svix.getApplication().create(new ApplicationIn().name("default").uid("default"));
            svix.getEndpoint()
                    .create(
                            "default",
                            new EndpointIn()
                                    .url(URI.create(receiver.url("/paid")))
                                    .uid("e"));

            // A payment, sent twice, is booked once and told to the subscriber once
            String payment = payment("evt-1", "o-1", "9.90");
            String id = Gateway.json(gateway.receive("/webhooks", payment)).getString("id");
            gateway.receive("/webhooks", payment);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(gateway.eventStatus(id)).isEqualTo("PROCESSED"));
            await().atMost(SOON).until(() -> receiver.requestsTo("/paid").size() == 1);
            Receiver.Request told = receiver.requestsTo("/paid").get(0);
            new Webhook(svix.getEndpoint().getSecret("default", "e").getKey())
                    .verify(told.text(), told.httpHeaders().map());
            assertThat(told.text()).contains("\"type\":\"order.paid\"", "o-1");
            assertThat(gateway.send("GET", "/shop/orders").body()).containsOnlyOnce("o-1");

            // A payment that is refused after it was booked and published leaves neither behind
            String refused = Gateway.json(gateway.receive("/webhooks", payment("evt-2", "o-2", "0.00")))
                    .getString("id");
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(gateway.eventStatus(refused)).isEqualTo("DEAD"));
            assertThat(gateway.send("GET", "/shop/orders").body()).doesNotContain("o-2");
            assertThat(Gateway.json(gateway.manage("GET", "/api/v1/app/default/msg", ""))
                            .getJsonArray("data")
                            .getValuesAs(JsonObject.class))
                    .hasSize(1);
        }
    }

    private static String payment(String id, String order, String amount) {
        return "{\"id\":\"" + id + "\",\"type\":\"payment.succeeded\",\"data\":{\"orderId\":\"" + order
                + "\",\"amount\":" + amount + ",\"currency\":\"EUR\"}}";
    }
}
