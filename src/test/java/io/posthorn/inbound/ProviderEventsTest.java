package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Sources;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Where providers have the id and the type of an event, in requests as their documentation shows them. */
class ProviderEventsTest {

    /**
     * A request with one event.
     *
     * @param headers as names and values, in turn
     * @param id empty where the provider gives none
     */
    record Sent(String type, List<String> headers, String body, Optional<String> id, String eventType) {

        Arrival arrival() {
            return all().get(0);
        }

        List<Arrival> all() {
            Map<String, String> named = new TreeMap<>(Map.of("Content-Type", "application/json"));
            for (int i = 0; i < headers.size(); i += 2) {
                named.put(headers.get(i), headers.get(i + 1));
            }
            return Arrivals.parse(
                    Sources.ofType(type),
                    new WebhookRequest(RequestHeaders.ofSingleValues(named), body.getBytes(UTF_8)));
        }

        @Override
        public String toString() {
            return type + ": " + eventType;
        }
    }

    static final Sent[] SENT = {
        sent(
                "gitlab",
                "Push Hook",
                "msg-1",
                "{'object_kind':'push','id':7}",
                "webhook-id",
                "msg-1",
                "X-Gitlab-Event",
                "Push Hook"),
        sent(
                "gitlab-token",
                "Merge Request Hook",
                "key-1",
                "{'object_kind':'merge_request','id':7}",
                "Idempotency-Key",
                "key-1",
                "X-Gitlab-Webhook-UUID",
                "of-the-webhook",
                "X-Gitlab-Event",
                "Merge Request Hook"),
        sent("gitlab-token", "unknown", null, "{'object_kind':'push','id':7,'type':'no'}"),
        sent("bitbucket", "repo:push", "uuid-1", "{'id':7}", "X-Request-UUID", "uuid-1", "X-Event-Key", "repo:push"),
        sent("bitbucket", "pr:opened", "r-1", "{'id':7}", "X-Request-Id", "r-1", "X-Event-Key", "pr:opened"),
        sent("bitbucket", "unknown", "jira-1", "{'id':7}", "X-Atlassian-Webhook-Identifier", "jira-1"),
        sent(
                "bitbucket",
                "repo:push",
                "uuid-1",
                "{}",
                "X-Request-UUID",
                "uuid-1",
                "X-Request-Id",
                "r-1",
                "X-Event-Key",
                "repo:push"),
        sent(
                "meta",
                "whatsapp_business_account.messages",
                null,
                "{'object':'whatsapp_business_account','entry':[{'id':'8','changes':[{'field':'messages','value':{}}]}]}"),
        sent("meta", "page", null, "{'object':'page','entry':[{'id':'8','time':1,'messaging':[{'message':{}}]}]}"),
        sent(
                "intercom",
                "conversation.user.created",
                "notif_1",
                "{'type':'notification_event','id':'notif_1','topic':'conversation.user.created','created_at':1795608000}"),
        sent("twitter", "tweet_create_events", null, "{'for_user_id':'1','tweet_create_events':[{'id':2}],'id':3}"),
        sent("twitter", "user_event", null, "{'user_event':{'revoke':{}}}"),
        sent("twitter", "unknown", null, "{'for_user_id':'1'}"),
        sent(
                "zoom",
                "meeting.started",
                null,
                "{'event':'meeting.started','event_ts':1795608000000,'id':7,'payload':{'object':{'id':'1'}}}"),
        sent(
                "mailgun",
                "opened",
                "a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0",
                "{'signature':{'timestamp':'1795608000','token':'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0',"
                        + "'signature':'00'},'event-data':{'event':'opened','timestamp':1795608000.5,'id':'DACSsAdV'}}"),
        sent(
                "paypal",
                "PAYMENT.SALE.COMPLETED",
                "WH-2WR32451HC0233532-67976317FL4543714",
                "{'id':'WH-2WR32451HC0233532-67976317FL4543714','create_time':'2026-11-25T12:00:00Z',"
                        + "'event_type':'PAYMENT.SALE.COMPLETED','resource':{'id':'80021663DE681814L'}}",
                "PAYPAL-TRANSMISSION-ID",
                "of-this-attempt"),
        sent("clerk", "user.created", "msg_1", "{'type':'user.created','id':7}", "svix-id", "msg_1"),
        sent("airwallex", "payment_intent.succeeded", "evt_1", "{'id':'evt_1','name':'payment_intent.succeeded'}"),
        sent("checkbook", "CHECK.PAID", null, "{'id':'of-the-check','type':'CHECK','status':'PAID'}"),
        sent("docusign", "envelope-completed", null, "{'event':'envelope-completed','retryCount':0,'data':{}}"),
        sent("easypost", "tracker.updated", "evt_1", "{'id':'evt_1','object':'Event','description':'tracker.updated'}"),
        sent("nango", "sync", null, "{'type':'sync','connectionId':'c','id':7}"),
        sent("openclaw", "unknown", null, "{'id':'of-the-job','action':'finished'}"),
        sent(
                "hubspot",
                "contact.creation",
                "1:12345:62515:123:1795608000000",
                "[{'eventId':1,'subscriptionId':12345,'portalId':62515,'occurredAt':1795608000000,"
                        + "'subscriptionType':'contact.creation','attemptNumber':0,'objectId':123}]"),
        sent("panda-doc", "document_state_changed", null, "[{'event':'document_state_changed','data':{'id':'d'}}]"),
        sent("port-io", "create_service", null, "{'action':'create_service','context':{'runId':'r_1'}}"),
        sent("rutter", "CONNECTION.INITIAL_UPDATE", null, "{'type':'CONNECTION','code':'INITIAL_UPDATE','id':7}"),
        sent("segment", "track", "m-1", "{'type':'track','event':'Paid','messageId':'m-1'}"),
        sent("tailscale", "nodeCreated", null, "[{'type':'nodeCreated','timestamp':'2026-11-25T12:00:00Z'}]"),
        sent("telnyx", "message.received", "e-1", "{'data':{'id':'e-1','event_type':'message.received'}}"),
        sent("vapi", "end-of-call-report", null, "{'message':{'type':'end-of-call-report','timestamp':1795608000000}}"),
        sent("veriff", "submitted", null, "{'id':'of-the-session','action':'submitted'}"),
        sent("veriff", "approved", null, "{'status':'success','verification':{'id':'s','status':'approved'}}")
    };

    @ParameterizedTest
    @FieldSource("SENT")
    void idAndTypeAreWhereTheProviderHasThem(Sent request) {
        assertThat(request.all()).hasSize(1);
        assertThat(request.arrival().externalId()).isEqualTo(request.id());
        assertThat(request.arrival().eventType()).isEqualTo(request.eventType());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "intercom  | {'created_at':1795608000}",
                "zoom      | {'event_ts':1795608000000}",
                "mailgun   | {'event-data':{'timestamp':1795608000.0}}",
                "paypal    | {'create_time':'2026-11-25T12:00:00Z'}",
                "airwallex | {'created_at':'2026-11-25T12:00:00+0000'}",
                "docusign  | {'generatedDateTime':'2026-11-25T12:00:00.0000000Z'}",
                "easypost  | {'created_at':'2026-11-25T12:00:00Z'}",
                "hubspot   | [{'occurredAt':1795608000000}]",
                "segment   | {'timestamp':'2026-11-25T12:00:00.000Z'}",
                "tailscale | [{'timestamp':'2026-11-25T12:00:00.0Z'}]",
                "telnyx    | {'data':{'occurred_at':'2026-11-25T12:00:00.000000Z'}}",
                "vapi      | {'message':{'timestamp':1795608000000}}"
            })
    void theTimeIsWhereTheProviderHasIt(String type, String body) {
        assertThat(sent(type, "", null, body).arrival().occurredAt())
                .contains(OffsetDateTime.parse("2026-11-25T12:00:00Z"));
    }

    // Ids made of several fields ---------------------------------------------------------------------------------

    @Test
    void anEventOfAdyenIsItsReferenceItsCodeAndItsSuccess() {
        assertThat(adyen(item("psp-1", "AUTHORISATION", "true")).stream().map(Arrival::externalId))
                .containsExactly(Optional.of("psp-1:AUTHORISATION:true"));
        assertThat(adyen(
                                item("psp-1", "AUTHORISATION", "true"),
                                item("psp-1", "AUTHORISATION", "false"),
                                item("psp-1", "CAPTURE", "true"),
                                item("psp-2", "AUTHORISATION", "true"))
                        .stream()
                        .map(DedupeKey::of))
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    /** Adyen sends it again with another date, or in other company. */
    @Test
    void anEventOfAdyenIsKnownAgainWhateverElseItSays() {
        String again = item("psp-1", "CAPTURE", "true").replace("'eventDate':'a'", "'eventDate':'b'");

        assertThat(DedupeKey.of(adyen(item("psp-2", "CAPTURE", "true"), again).get(1)))
                .isEqualTo(DedupeKey.of(adyen(item("psp-1", "CAPTURE", "true")).get(0)));
    }

    @Test
    void anItemOfAdyenWithoutOneOfThemHasNoId() {
        assertThat(adyen(item("psp-1", "CAPTURE", "true").replace(",'success':'true'", ""))
                        .get(0)
                        .externalId())
                .isEmpty();
    }

    @Test
    void aRetryOfHubSpotIsTheSameEvent() {
        String first = "[{'eventId':1,'subscriptionId':2,'portalId':3,'objectId':4,'occurredAt':5,'attemptNumber':0}]";

        assertThat(DedupeKey.of(sent("hubspot", "", null, first.replace("Number':0", "Number':1"))
                        .arrival()))
                .isEqualTo(DedupeKey.of(sent("hubspot", "", null, first).arrival()));
        assertThat(DedupeKey.of(sent("hubspot", "", null, first.replace("objectId':4", "objectId':5"))
                        .arrival()))
                .isNotEqualTo(DedupeKey.of(sent("hubspot", "", null, first).arrival()));
    }

    // Several events -----------------------------------------------------------------------------------------------

    @Test
    void everyItemOfSendGridIsAnEventWithItsOwnIdAndType() {
        List<Arrival> events = sent(
                        "sendgrid",
                        "",
                        null,
                        "[{'sg_event_id':'a','event':'processed'},{'sg_event_id':'b','event':'delivered'},"
                                + "{'event':'open','timestamp':1795608000}]")
                .all();

        assertThat(events).extracting(Arrival::eventType).containsExactly("processed", "delivered", "open");
        assertThat(events)
                .extracting(Arrival::externalId)
                .containsExactly(Optional.of("a"), Optional.of("b"), Optional.empty());
        assertThat(events)
                .extracting(event -> new String(event.body(), UTF_8))
                .last()
                .isEqualTo("{\"event\":\"open\",\"timestamp\":1795608000}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sendgrid | [ %s ,\t%s]",
                "ms-graph | { \"value\" : [%s,%s ] }",
                "adyen-payments | {\"notificationItems\":[ %s , %s ]}",
            })
    void anItemIsWhatTheSenderWroteByteForByte(String type, String body) {
        String first = "{ \"id\":8202522731445525542, \"amt\":1.10,\"e\" :1E2,\"z\":-0 }";
        String second = "{\"lone\":\"\\ud800\",\"slash\":\"\\/\",\"title\":\"caf\u00e9 \\u2026\",\"a\":[ ]}";

        assertThat(sent(type, "", null, body.formatted(first, second)).all())
                .extracting(event -> new String(event.body(), UTF_8))
                .containsExactly(first, second);
    }

    /** What Meta sends again, it may send in other company: only the bytes of an update that was alone are kept as they are. */
    @Test
    void anUpdateOfMetaThatComesAloneLaterIsKnownAgainOnlyIfItsBytesAreTheSame() {
        String first =
                "{'entry':[{'id':'1','changes':[{'field':'a','value':1},{'field':'b','value':2}]}],'object':'page'}";
        String alone = "{'entry':[{'id':'1','changes':[{'field':'a','value':1}]}],'object':'page'}";

        String ofBatch = DedupeKey.of(sent("meta", "", null, first).arrival());

        assertThat(DedupeKey.of(sent("meta", "", null, alone).arrival())).isEqualTo(ofBatch);
        assertThat(DedupeKey.of(
                        sent("meta", "", null, alone.replace(":1}", ": 1}")).arrival()))
                .isNotEqualTo(ofBatch);
    }

    private static List<Arrival> adyen(String... items) {
        return sent("adyen-payments", "", null, "{'notificationItems':[" + String.join(",", items) + "]}")
                .all();
    }

    private static String item(String reference, String code, String success) {
        return "{'NotificationRequestItem':{'pspReference':'" + reference + "','eventCode':'" + code + "','success':'"
                + success + "','eventDate':'a'}}";
    }

    private static Sent sent(String type, String eventType, @Nullable String id, String body, String... headers) {
        return new Sent(type, Arrays.asList(headers), body.replace('\'', '"'), Optional.ofNullable(id), eventType);
    }
}
