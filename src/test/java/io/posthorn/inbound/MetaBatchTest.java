package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import io.posthorn.source.SourceOf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Meta puts up to a thousand updates into one request.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/webhooks/getting-started">Meta, "Webhooks: Event
 *     Notifications"</a>
 */
class MetaBatchTest {

    private static final Source META = SourceOf.settings(Map.of("type", "meta", "secret", "s3cret"));

    @Test
    void everyChangeIsAnEventThatLooksAsIfItHadComeAlone() {
        List<Arrival> events = parse("{\"object\":\"page\",\"entry\":["
                + "{\"id\":\"1\",\"time\":10,\"changes\":[{\"field\":\"feed\",\"value\":1},{\"field\":\"photos\",\"value\":2}]},"
                + "{\"id\":\"2\",\"time\":20,\"changes\":[{\"field\":\"feed\",\"value\":3}]}]}");

        assertThat(events).extracting(Arrival::eventType).containsExactly("page.feed", "page.photos", "page.feed");
        assertThat(bodies(events))
                .containsExactly(
                        "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"time\":10,\"changes\":[{\"field\":\"feed\",\"value\":1}]}]}",
                        "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"time\":10,\"changes\":[{\"field\":\"photos\",\"value\":2}]}]}",
                        "{\"object\":\"page\",\"entry\":[{\"id\":\"2\",\"time\":20,\"changes\":[{\"field\":\"feed\",\"value\":3}]}]}");
        assertThat(events.stream().map(DedupeKey::of)).doesNotHaveDuplicates();
    }

    @Test
    void messagesAreEventsAndWhatHasNeitherIsOneAsAWhole() {
        List<Arrival> events = parse("{\"object\":\"page\",\"entry\":["
                + "{\"id\":\"1\",\"messaging\":[{\"message\":{\"mid\":\"a\"}},{\"message\":{\"mid\":\"b\"}}]},"
                + "{\"id\":\"2\",\"changed_fields\":[\"name\",\"about\"]}]}");

        assertThat(bodies(events))
                .containsExactly(
                        "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"messaging\":[{\"message\":{\"mid\":\"a\"}}]}]}",
                        "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"messaging\":[{\"message\":{\"mid\":\"b\"}}]}]}",
                        "{\"object\":\"page\",\"entry\":[{\"id\":\"2\",\"changed_fields\":[\"name\",\"about\"]}]}");
    }

    @Test
    void anEventIsPutTogetherOfWhatMetaWrote() {
        List<Arrival> events = parse(
                "{ \"object\" : \"page\", \"entry\" :[\n"
                        + "{\"id\":\"\\ud800\", \"time\":1E2,\"changes\":[ {\"value\": 1.10}, {\"value\":-0} ],\"\\u0061\":\"\\/\"}]}\n");

        assertThat(bodies(events))
                .containsExactly(
                        "{\"object\" : \"page\",\"entry\" :[{\"id\":\"\\ud800\",\"time\":1E2,"
                                + "\"changes\":[{\"value\": 1.10}],\"\\u0061\":\"\\/\"}]}",
                        "{\"object\" : \"page\",\"entry\" :[{\"id\":\"\\ud800\",\"time\":1E2,"
                                + "\"changes\":[{\"value\":-0}],\"\\u0061\":\"\\/\"}]}");
    }

    @Test
    void theSameRequestAgainHasTheSameEvents() {
        String body = "{\"object\":\"o\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"value\":1},{\"value\":2}]}]}";

        assertThat(parse(body).stream().map(DedupeKey::of))
                .containsExactlyElementsOf(
                        parse(body).stream().map(DedupeKey::of).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"object\":\"page\", \"entry\":[ {\"id\":\"1\", \"changes\":[{\"field\":\"feed\"}]} ] }",
                "{ \"object\":\"page\" }",
                "{\"object\":\"page\", \"entry\":{}}",
                "{\"object\":\"page\", \"entry\":[1]}",
                "{\"object\":\"page\", \"entry\":[[{\"changes\":[1, 2]}]]}",
                "[ 1, 2 ]"
            })
    void whatIsOneEventIsKeptByteForByte(String body) {
        assertThat(bodies(parse(body))).containsExactly(body);
    }

    @Test
    void whatWouldBeRepeatedTooOftenIsOneEvent() {
        String body = "{\"object\":\"page\",\"entry\":[{\"id\":\"" + "1".repeat(1_000) + "\",\"changes\":[0"
                + ",0".repeat(99) + "]}]}";

        assertThat(bodies(parse(body))).containsExactly(body);
    }

    private static List<Arrival> parse(String body) {
        return Arrivals.parse(
                META,
                new WebhookRequest(
                        RequestHeaders.of(Map.of("content-type", List.of("application/json"))),
                        body.getBytes(UTF_8),
                        "https://shop.example/webhooks/meta"));
    }

    private static List<String> bodies(List<Arrival> events) {
        return events.stream().map(event -> new String(event.body(), UTF_8)).toList();
    }
}
