package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.SourceOf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests are those of Twilio's documentation, product by product, shortened. */
class TwilioEventTypeTest {

    private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MessageSid=SM1&SmsStatus=received&Body=a+b&NumMedia=0                              | message.received",
                "MessageSid=SM1&SmsStatus=delivered&MessageStatus=delivered&ErrorCode=              | message.delivered",
                "EventType=READ&MessageStatus=read&ChannelPrefix=whatsapp&SmsStatus=read            | message.read",
                "CallSid=CA1&CallStatus=no-answer&Direction=outbound-api&SequenceNumber=3           | call.no-answer",
                "RecordingSid=RE1&RecordingStatus=completed&CallSid=CA1                             | recording.completed",
                "TranscriptionSid=TR1&TranscriptionStatus=completed&CallStatus=completed            | transcription.completed",
                "ConferenceSid=CF1&StatusCallbackEvent=participant-join&CallSid=CA1                 | participant-join",
                "RoomSid=RM1&RoomStatus=in-progress&StatusCallbackEvent=room-created                | room-created",
                "EventType=onMessageAdded&ConversationSid=CH1&MessageSid=IM1&Source=SMS             | onMessageAdded",
                "EventType=task.created&TaskSid=WT1&WorkspaceSid=WS1                                | task.created",
                "Sid=NO1&Level=Error&PayloadType=application%2Fjson&Payload=%7B%22a%22%3A1%7D       | debugger.Error",
                "MessageStatus=&CallStatus=busy                                                     | call.busy",
                "AccountSid=AC1                                                                     | unknown",
                "%zz=%zz&&=&a                                                                       | unknown"
            })
    void theTypeOfAFormIsThatOfItsProduct(String form, String type) {
        assertThat(arrivals(form, FORM)).extracting(Arrival::eventType).containsExactly(type);
    }

    @Test
    void aFormIsKnownByItsHeader() {
        assertThat(arrivals("CallStatus=ringing", FORM))
                .extracting(Arrival::externalId)
                .first()
                .satisfies(id -> assertThat(id).contains("token-1"));
    }

    @Test
    void theEventsOfAStreamAreEventsOfTheirOwnWithIdsOfTheirOwn() {
        String body = "[{\"specversion\":\"1.0\",\"type\":\"com.twilio.messaging.message.delivered\",\"id\":\"EZ1\","
                + "\"time\":\"2026-11-26T10:00:00.000Z\",\"data\":{\"messageStatus\":\"DELIVERED\"}},"
                + "{\"specversion\":\"1.0\",\"type\":\"com.twilio.voice.status-callback.call.completed\",\"id\":\"EZ2\","
                + "\"time\":\"2026-11-26T10:00:01.000Z\",\"data\":{}}]";

        assertThat(arrivals(body, "application/json"))
                .extracting(
                        Arrival::eventType,
                        arrival -> arrival.externalId().orElseThrow(),
                        arrival -> arrival.occurredAt().orElseThrow().toString())
                .containsExactly(
                        tuple("com.twilio.messaging.message.delivered", "EZ1", "2026-11-26T10:00Z"),
                        tuple("com.twilio.voice.status-callback.call.completed", "EZ2", "2026-11-26T10:00:01Z"));
    }

    private static List<Arrival> arrivals(String body, String contentType) {
        return Arrivals.parse(
                SourceOf.settings(Map.of("type", "twilio", "secret", "s3cret")),
                new WebhookRequest(
                        RequestHeaders.ofSingleValues(
                                Map.of("Content-Type", contentType, "I-Twilio-Idempotency-Token", "token-1")),
                        body.getBytes(UTF_8)));
    }
}
