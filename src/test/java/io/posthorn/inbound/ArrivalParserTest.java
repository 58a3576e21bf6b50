package io.posthorn.inbound;

import static io.posthorn.inbound.Arrivals.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.OffsetDateTime;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalParserTest {

    private static final String ID_HEADER = "X-Webhook-Event-Id";

    @Test
    void idAndTypeAreReadByPointer() {
        Arrival arrival = webhook("{\"data\":{\"id\":\"o-1\"},\"kind\":\"order.paid\"}")
                .idAt("/data/id")
                .typeAt("/kind")
                .parsed();

        assertThat(arrival.externalId()).contains("o-1");
        assertThat(arrival.eventType()).isEqualTo("order.paid");
    }

    @Test
    void theIdOfTheHeaderGoesBeforeThatOfTheBody() {
        Arrival arrival =
                webhook("{\"id\":\"body\"}").header(ID_HEADER, "header").parsed();

        assertThat(arrival.externalId()).contains("header");
    }

    @Test
    void aLongNumberIsAnIdToItsLastDigit() {
        assertThat(webhook("{\"id\":8202522731445525542}").parsed().externalId())
                .contains("8202522731445525542");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"id\":null}", "{\"id\":true}", "{\"id\":{}}", "{\"id\":[1]}", "{\"data\":{\"id\":1}}"})
    void aBodyWithoutAnIdHasNone(String body) {
        assertThat(webhook(body).parsed().externalId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\u0000", "a\\u0000b", "a\\r\\nb", "\\u0085"})
    void anOddIdInTheBodyCountsAsNone(String id) {
        assertThat(webhook("{\"id\":\"" + id + "\"}").parsed().externalId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "a\rb"})
    void anOddIdInTheHeaderCountsAsNone(String id) {
        assertThat(webhook("{}").header(ID_HEADER, id).parsed().externalId()).isEmpty();
    }

    @Test
    void anIdOfTenKilobytesCountsAsNone() {
        assertThat(webhook("{}").header(ID_HEADER, "x".repeat(10_000)).parsed().externalId())
                .isEmpty();
    }

    @Test
    void anIdOf256CharactersIsKept() {
        String longest = "x".repeat(256);

        assertThat(webhook("{}").header(ID_HEADER, longest).parsed().externalId())
                .contains(longest);
    }

    @Test
    void anEventWithoutATypeIsUnknown() {
        assertThat(webhook("{}").parsed().eventType()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\\u0000b"})
    void anOddTypeIsRefused(String type) {
        assertInvalid(webhook("{\"type\":\"" + type + "\"}"));
    }

    @Test
    void theTimeOfTheEventIsReadWhereTheStandardHasIt() {
        assertThat(webhook("{\"timestamp\":\"2026-01-02T03:04:05.678+01:00\"}")
                        .parsed()
                        .occurredAt())
                .contains(OffsetDateTime.parse("2026-01-02T03:04:05.678+01:00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1614265330", "\"1614265330\"", "1614265330000", "1614265330.25"})
    void aTimeMayBeSecondsOrMilliseconds(String timestamp) {
        assertThat(webhook("{\"timestamp\":" + timestamp + "}").parsed().occurredAt())
                .contains(OffsetDateTime.parse("2021-02-25T15:02:10Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yesterday\"", "16142653", "\"2026-01-02\"", "null"})
    void aTimeThatIsNoneIsLeftOut(String timestamp) {
        assertThat(webhook("{\"timestamp\":" + timestamp + "}").parsed().occurredAt())
                .isEmpty();
    }

    @Test
    void anEmptyBodyIsRefused() {
        assertInvalid(webhook(""));
        assertInvalid(webhook("").header("Content-Type", "application/x-www-form-urlencoded"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/json",
                "APPLICATION/JSON",
                "application/json; charset=utf-8",
                "application/vnd.api+json"
            })
    void aBodyThatSaysItIsJsonAndIsNotIsRefused(String contentType) {
        assertInvalid(webhook("{\"a\":").header("Content-Type", contentType));
    }

    @Test
    void aBodyThatSaysNothingIsTakenForJson() {
        assertInvalid(webhook("x"));
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        assertInvalid(webhook("{\"type\":\"a\",\"type\":\"b\"}"));
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedAsJson() {
        assertInvalid(webhook(HexFormat.of().parseHex("22ff22")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/x-www-form-urlencoded", "text/xml", "text/plain; charset=bogus", "applications/json"
            })
    void aBodyOfAnotherTypeNeedNotBeJson(String contentType) {
        Arrival arrival =
                webhook("payload=%7B%7D").header("Content-Type", contentType).parsed();

        assertThat(arrival.externalId()).isEmpty();
        assertThat(arrival.eventType()).isEqualTo("unknown");
    }

    @Test
    void jsonUnderAnotherLabelIsStillRead() {
        Arrival arrival = webhook("{\"id\":1,\"type\":\"a\"}")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .parsed();

        assertThat(arrival.externalId()).contains("1");
        assertThat(arrival.eventType()).isEqualTo("a");
    }

    @Test
    void pointersLeadToTheFieldsOfAForm() {
        Arrival arrival = webhook("kind=order+paid&number=7&number=8&empty=")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .idAt("/number")
                .typeAt("/kind")
                .parsed();

        assertThat(arrival.externalId()).contains("7");
        assertThat(arrival.eventType()).isEqualTo("order paid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"a\"", "true", "null"})
    void aScalarIsABodyWithoutIdOrType(String body) {
        Arrival arrival = webhook(body).parsed();

        assertThat(arrival.externalId()).isEmpty();
        assertThat(arrival.eventType()).isEqualTo("unknown");
    }

    private static void assertInvalid(Arrivals webhook) {
        assertThatThrownBy(webhook::parsed)
                .asInstanceOf(type(InboundException.class))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400))
                .satisfies(refusal -> assertThat(refusal.sentence()).isEqualTo("Invalid payload"));
    }
}
