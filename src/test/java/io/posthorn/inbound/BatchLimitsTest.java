package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.posthorn.fuzz.Sources;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small body may bring many events, and each is stored with all the headers. */
class BatchLimitsTest {

    private static final int MAX_EVENTS = 100;
    private static final BatchLimits LIMITS = new BatchLimits(MAX_EVENTS, 10_000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sendgrid       | [%s]",
                "twilio         | [%s]",
                "hubspot        | [%s]",
                "panda-doc      | [%s]",
                "tailscale      | [%s]",
                "adyen-payments | {\"notificationItems\":[%s]}",
                "ms-graph       | {\"value\":[%s]}",
                "meta           | {\"entry\":[{\"changes\":[%s]}]}"
            })
    void aRequestBringsSoManyEventsAndNoMore(String type, String body) {
        assertThat(parse(type, body.formatted(scalars(MAX_EVENTS)), Map.of())).hasSize(MAX_EVENTS);

        assertTooLarge(type, body.formatted(scalars(MAX_EVENTS + 1)), Map.of(), "Too many events in one request");
    }

    @Test
    void eventsAreStoredWithSoManyHeadersAndNoMore() {
        String body = "[" + scalars(10) + "]";

        assertThat(parse("sendgrid", body, Map.of("X-A", "a".repeat(990)))).hasSize(10);

        assertTooLarge(
                "sendgrid",
                body,
                Map.of("X-A", "a".repeat(1_000)),
                "Headers too large for so many events in one request");
    }

    @Test
    void whatIsOneEventMayBeAsLongAsABody() {
        assertThat(parse("github", "[" + scalars(MAX_EVENTS + 1) + "]", Map.of("X-A", "a".repeat(20_000))))
                .hasSize(1);
    }

    private static String scalars(int number) {
        return String.join(",", Collections.nCopies(number, "1"));
    }

    private static void assertTooLarge(String type, String body, Map<String, String> headers, String sentence) {
        assertThatThrownBy(() -> parse(type, body, headers))
                .asInstanceOf(type(InboundException.class))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(413))
                .satisfies(refusal -> assertThat(refusal.sentence()).isEqualTo(sentence));
    }

    private static List<Arrival> parse(String type, String body, Map<String, String> headers) {
        return ArrivalParser.parse(
                Sources.ofType(type),
                new WebhookRequest(RequestHeaders.ofSingleValues(headers), body.getBytes(UTF_8)),
                LIMITS);
    }
}
