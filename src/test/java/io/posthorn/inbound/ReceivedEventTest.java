package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.work.Claimed;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedEventTest {

    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    @Test
    void aFormIsAnObjectOfItsFields() throws Exception {
        ReceivedEvent event = event(FORM, "From=%2B15550100&Body=a+b&Empty=", 0);

        assertThat(event.payload()).isInstanceOf(JsonObject.class);
        assertThat(event.dataAs(Map.class)).isEqualTo(Map.of("From", "+15550100", "Body", "a b"));
    }

    @Test
    void jsonThatIsTheOnlyFieldOfAFormIsThePayload() throws Exception {
        assertThat(event(FORM, "payload=%7B%22action%22%3A%22opened%22%7D", 0).payload())
                .hasToString("{\"action\":\"opened\"}");
    }

    @Test
    void textThatIsTheOnlyFieldOfAFormStaysInIt() throws Exception {
        assertThat(event(FORM, "payload=hello", 0).payload()).hasToString("{\"payload\":\"hello\"}");
    }

    @Test
    void anyOtherTextIsNoJson() throws Exception {
        assertThat(event("text/plain", "a=b", 0).payload()).isSameAs(JsonValue.NULL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":{\"a\":1}}     | {\"a\":1}",
                "{\"data\":[{\"a\":1}]}   | [{\"a\":1}]",
                "{\"data\":\"a\",\"b\":2} | {\"data\":\"a\",\"b\":2}",
                "{\"data\":null}        | {\"data\":null}",
                "[{\"data\":1}]         | [{\"data\":1}]"
            })
    void whatAnEventIsAboutIsItsDataWhereThatHasParts(String body, String data) throws Exception {
        assertThat(event("application/json", body, 0).data()).hasToString(data);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[{\"name\":\"café\",\"amount\":1.10}]", "{\"data\":[{\"name\":\"café\",\"amount\":1.10}]}"})
    void aListOfRecordsIsReadByItsGenericType(String body) throws Exception {
        Type type = new TypeLiteral<List<Item>>() {}.getType();

        List<Item> items = event("application/json", body, 0).dataAs(type);

        assertThat(items).containsExactly(new Item("café", new BigDecimal("1.10")));
    }

    @Test
    void whatDoesNotFitTheTypeIsRefused() throws Exception {
        ReceivedEvent event = event("application/json", "{\"data\":{\"name\":\"a\"}}", 0);
        Type type = new TypeLiteral<List<Item>>() {}.getType();

        assertThatThrownBy(() -> event.dataAs(type)).isInstanceOf(JsonbException.class);
    }

    /** What tests bind to; JSON-B has to see it. */
    public record Item(String name, BigDecimal amount) {}

    @Test
    void anEventThatWasReplayedSaysSo() throws Exception {
        assertThat(event("application/json", "{}", 0).replayed()).isFalse();
        assertThat(event("application/json", "{}", 1).replayed()).isTrue();
    }

    private static ReceivedEvent event(String contentType, String body, int replays) throws Exception {
        InboxEvent row = new InboxEvent();
        row.body = body.getBytes(UTF_8);
        row.headers = "{\"content-type\":[\"" + contentType + "\"]}";
        row.replays = replays;
        try (Jsonb jsonb = JsonbBuilder.create()) {
            return new ReceivedEvent(row, "default", jsonb, new Dispatch(new Claimed("", ""), Clock.systemUTC()));
        }
    }
}
