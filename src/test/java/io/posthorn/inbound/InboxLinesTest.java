package io.posthorn.inbound;

import static io.posthorn.inbound.Arrivals.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxLinesTest {

    @Test
    void withoutAnOrderNobodyStandsInALine() {
        assertThat(InboxLines.of(webhook("{\"customer\":\"c-1\"}").parsed())).isEmpty();
    }

    @Test
    void allEventsOfASourceStandInOneLine() {
        assertThat(line("source", "{\"customer\":\"c-1\"}")).isPresent().isEqualTo(line("source", "not json"));
    }

    @Test
    void eventsOfOneKeyStandInOneLine() {
        assertThat(line("/customer", "{\"customer\":\"c-1\",\"n\":1}"))
                .isPresent()
                .isEqualTo(line("/customer", "{\"customer\":\"c-1\",\"n\":2}"))
                .isNotEqualTo(line("/customer", "{\"customer\":\"c-2\",\"n\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"customer\":null}", "{\"customer\":{\"id\":1}}", "[]", "1"})
    void anEventWithoutTheKeyStandsInNone(String body) {
        assertThat(line("/customer", body)).isEmpty();
    }

    @Test
    void aSourceThatIsRenamedKeepsItsLines() {
        Arrivals webhook = webhook("{\"customer\":\"c-1\"}").inOrderOf("/customer");

        assertThat(InboxLines.of(webhook.called("a").parsed()))
                .isPresent()
                .isEqualTo(InboxLines.of(webhook.called("b").parsed()));
    }

    private static Optional<String> line(String order, String body) {
        return InboxLines.of(webhook(body)
                .header("Content-Type", "text/plain")
                .inOrderOf(order)
                .parsed());
    }
}
