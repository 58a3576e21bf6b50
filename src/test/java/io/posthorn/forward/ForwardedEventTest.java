package io.posthorn.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.inbound.Arrival;
import io.posthorn.message.RawMessage;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.source.Source;
import io.posthorn.source.SourceOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedEventTest {

    private static final byte[] BODY = "payload=%7B%7D".getBytes(UTF_8);

    @Test
    void theBytesStayAndTheEventsIdMakesTheMessageUnique() {
        RawMessage message = forwarded("push", Map.of());

        assertThat(message.body()).isEqualTo(BODY);
        assertThat(message.eventId()).isEqualTo("evt_1");
    }

    @ParameterizedTest
    @CsvSource({"issues.opened,issues.opened", "Push Hook,Push_Hook", "a/b:c,a_b_c"})
    void aTypeThatNoFilterCouldNameBecomesOneThatItCan(String type, String name) {
        assertThat(forwarded(type, Map.of()).eventType()).isEqualTo(name);
    }

    @Test
    void theContentTypeStays() {
        assertThat(contentType("application/x-www-form-urlencoded; charset=UTF-8"))
                .isEqualTo("application/x-www-form-urlencoded; charset=UTF-8");
        assertThat(forwarded("push", Map.of()).contentType()).isEqualTo("application/json");
        assertThat(contentType("")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource({"text/\u00e9", "te\u0007xt/plain"})
    void aContentTypeThatCannotBeSentIsCalledBytes(String contentType) {
        assertThat(contentType(contentType)).isEqualTo("application/octet-stream");
        assertThat(contentType("text/" + "x".repeat(256))).isEqualTo("application/octet-stream");
    }

    @Test
    void theProvidersIdAndTypeGoAlong() {
        Map<String, List<String>> received = Map.of(
                "x-github-event", List.of("push"),
                "x-github-delivery", List.of("72d3162e"),
                "x-hub-signature-256", List.of("sha256=00"),
                "authorization", List.of("Bearer secret"),
                "x-forwarded-for", List.of("192.0.2.1"));

        assertThat(forwarded("push", received).headers())
                .containsExactly(Map.entry("X-GitHub-Delivery", "72d3162e"), Map.entry("X-GitHub-Event", "push"));
    }

    @Test
    void theSourceMaySayWhichHeadersGoAlong() {
        Source source = SourceOf.settings(
                Map.of("type", "github", "secret", "s", "forward-headers", "X-Hub-Signature-256,X-A"));
        Map<String, List<String>> received = Map.of(
                "x-github-event", List.of("push"),
                "x-hub-signature-256", List.of("sha256=00"),
                "x-a", List.of("1", "2"));

        assertThat(forwarded(source, "push", received).headers())
                .containsExactly(Map.entry("X-A", "1, 2"), Map.entry("X-Hub-Signature-256", "sha256=00"));
    }

    @Test
    void aHeaderThatCannotBeSentIsLeftOut() {
        assertThat(forwarded("push", Map.of("x-github-event", List.of("a\u0001b")))
                        .headers())
                .isEmpty();
    }

    private static String contentType(String received) {
        return forwarded("push", Map.of("Content-Type", List.of(received))).contentType();
    }

    private static RawMessage forwarded(String type, Map<String, List<String>> headers) {
        return forwarded(SourceOf.settings(Map.of("type", "github", "secret", "s")), type, headers);
    }

    private static RawMessage forwarded(Source source, String type, Map<String, List<String>> headers) {
        RequestHeaders received = RequestHeaders.of(headers);
        return ForwardedEvent.of(
                "evt_1",
                new Arrival(source, received, BODY, Optional.empty(), true, type, Optional.empty(), Optional.empty()));
    }
}
