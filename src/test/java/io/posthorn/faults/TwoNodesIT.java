package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.faults.Witness.Arrival;
import io.posthorn.it.Gateway;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two servers of different makes on one PostgreSQL, without any fault: no work is done twice. */
class TwoNodesIT {

    private static final int MESSAGES = 100;

    private final Cluster cluster = Cluster.running();
    private final Gateway one = Cluster.gateway(cluster.payara);
    private final Gateway two = Cluster.gateway(cluster.wildfly);

    @Test
    void copiesOfOneWebhookOnBothNodesMakeOneEvent() {
        List<HttpResponse<String>> answers = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> (i % 2 == 0 ? one : two).receive("/webhooks", "{\"id\":\"copy\",\"type\":\"t\"}"))
                .toList();

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        assertThat(answers.stream().filter(answer -> answer.body().contains("received")))
                .hasSize(1);
        assertThat(answers.stream()
                        .map(answer -> Gateway.json(answer).getString("id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void whatBothPublishArrivesOnce() {
        cluster.endpoint("both", "/both");

        List<String> published = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            published.add(Cluster.publish(i % 2 == 0 ? cluster.payara : cluster.wildfly, "both"));
        }

        cluster.witness.awaitArrivals("/both", MESSAGES);
        cluster.awaitIdle();
        assertThat(cluster.witness.arrivalsAt("/both").stream().map(Arrival::id))
                .containsExactlyInAnyOrderElementsOf(published);
    }
}
