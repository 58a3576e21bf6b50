package io.posthorn.it;

import java.util.List;
import java.util.Map;

/** What a server can be asked, as methods and paths; {@code {x}} stands where a path has an id. */
final class Requests {

    static final List<String> LISTS = List.of(
            "GET /api/v1/app",
            "GET /api/v1/app/{app}/endpoint",
            "GET /api/v1/app/{app}/endpoint/{endpoint}/stats",
            "GET /api/v1/app/{app}/endpoint/{endpoint}/msg",
            "GET /api/v1/app/{app}/stats/attempts",
            "GET /api/v1/app/{app}/msg",
            "GET /api/v1/app/{app}/attempt/endpoint/{endpoint}",
            "GET /api/v1/app/{app}/attempt/msg/{x}",
            "GET /api/v1/event-type",
            "GET /api/v1/background-task",
            "GET /api/v1/dead-letter",
            "GET /api/v1/auth/token",
            "GET /api/v1/operational-webhook/endpoint",
            "GET /ingest/api/v1/source",
            "GET /ingest/api/v1/source/{source}/event",
            "GET /webhooks/events",
            "GET /webhooks/meta",
            "GET /webhooks/twitter");

    static final List<String> PARAMETERS = List.of(
            "after",
            "app_id",
            "before",
            "channel",
            "crc_token",
            "endpoint_id",
            "event_types",
            "hub.challenge",
            "iterator",
            "limit",
            "order",
            "since",
            "source",
            "status",
            "status_code_class",
            "tag",
            "task",
            "until",
            "with_content");

    /** Of these, each with an id is safe with any: nothing is created, changed or removed by one that no entity has. */
    static final List<String> OPERATIONS = List.of(
            "GET /api/v1/app/{x}",
            "PUT /api/v1/app/{x}",
            "PATCH /api/v1/app/{x}",
            "DELETE /api/v1/app/{x}",
            "GET /api/v1/app/{app}/endpoint/{x}",
            "PATCH /api/v1/app/{app}/endpoint/{x}",
            "GET /api/v1/app/{app}/endpoint/{x}/secret",
            "POST /api/v1/app/{app}/endpoint/{x}/secret/rotate",
            "PUT /api/v1/app/{app}/endpoint/{x}/headers",
            "POST /api/v1/app/{app}/endpoint/{x}/recover",
            "POST /api/v1/app/{app}/endpoint/{x}/bulk-replay",
            "POST /api/v1/app/{app}/endpoint/{x}/cancel-msgs",
            "POST /api/v1/app/{app}/endpoint/{x}/send-example",
            "GET /api/v1/app/{app}/endpoint/{x}/stats",
            "GET /api/v1/app/{app}/endpoint/{x}/msg",
            "GET /api/v1/app/{app}/msg/{x}",
            "POST /api/v1/app/{app}/msg",
            "DELETE /api/v1/app/{app}/msg/{x}/content",
            "GET /api/v1/app/{app}/msg/{x}/delivery",
            "GET /api/v1/app/{app}/attempt/endpoint/{x}",
            "GET /api/v1/app/{app}/attempt/msg/{x}",
            "POST /api/v1/app/{app}/msg/{x}/endpoint/{endpoint}/resend",
            "GET /api/v1/event-type/{x}",
            "PUT /api/v1/event-type/{x}",
            "PATCH /api/v1/event-type/{x}",
            "DELETE /api/v1/event-type/{x}",
            "GET /api/v1/background-task/{x}",
            "GET /api/v1/dead-letter/{x}",
            "POST /api/v1/auth/app-portal-access/{x}",
            "DELETE /api/v1/auth/token/{x}",
            "PATCH /api/v1/operational-webhook/endpoint/{x}",
            "GET /ingest/api/v1/source/{x}",
            "PATCH /ingest/api/v1/source/{x}",
            "POST /ingest/api/v1/source/{x}/token/rotate",
            "GET /ingest/api/v1/source/{source}/event/{x}",
            "POST /ingest/api/v1/source/{source}/event/{x}/replay",
            "POST /webhooks/{x}",
            "GET /webhooks/{x}",
            "GET /nothing/{x}");

    /** Operations that take a time in their body. */
    static final List<String> REPLAYS = List.of(
            "POST /api/v1/app/{app}/endpoint/{endpoint}/recover",
            "POST /api/v1/app/{app}/endpoint/{endpoint}/replay-missing",
            "POST /api/v1/app/{app}/endpoint/{endpoint}/bulk-replay",
            "POST /api/v1/app/{app}/endpoint/{endpoint}/cancel-msgs",
            "POST /ingest/api/v1/source/{source}/replay");

    /** Bodies by operation; {@code {text}} stands in each place that takes a text. */
    static final Map<String, List<String>> TEXTS = Map.of(
            "POST /api/v1/app",
            List.of(
                    "{\"name\":\"{text}\"}",
                    "{\"name\":\"a\",\"uid\":\"{text}\"}",
                    "{\"name\":\"a\",\"metadata\":{\"a\":\"{text}\"}}"),
            "PATCH /api/v1/app/{app}",
            List.of("{\"name\":\"{text}\"}", "{\"metadata\":{\"a\":\"{text}\"}}", "{\"throttleRate\":\"{text}\"}"),
            "PATCH /api/v1/app/{app}/endpoint/{endpoint}",
            List.of(
                    "{\"url\":\"{text}\"}",
                    "{\"url\":\"http://localhost/{text}\"}",
                    "{\"description\":\"{text}\"}",
                    "{\"channels\":[\"{text}\"]}",
                    "{\"eventTypes\":[\"{text}\"]}",
                    "{\"metadata\":{\"a\":\"{text}\"}}"),
            "PATCH /api/v1/app/{app}/endpoint/{endpoint}/headers",
            List.of("{\"headers\":{\"a\":\"{text}\"}}"),
            "PUT /api/v1/event-type/a.b",
            List.of(
                    "{\"description\":\"{text}\"}",
                    "{\"description\":\"d\",\"featureFlag\":\"{text}\"}",
                    "{\"description\":\"d\",\"schemas\":{\"1\":{\"title\":\"{text}\"}}}",
                    "{\"description\":\"d\",\"schemas\":{\"1\":{\"pattern\":\"{text}\"}}}"),
            "POST /api/v1/app/{app}/msg",
            List.of(
                    "{\"eventType\":\"{text}\",\"payload\":{}}",
                    "{\"eventType\":\"a.b\",\"payload\":{\"a\":\"{text}\"}}",
                    "{\"eventType\":\"a.b\",\"payload\":{},\"eventId\":\"{text}\"}",
                    "{\"eventType\":\"a.b\",\"payload\":{},\"tags\":[\"{text}\"]}",
                    "{\"eventType\":\"a.b\",\"payload\":{},\"transformationsParams\":{\"rawPayload\":\"{text}\"}}"),
            "POST /api/v1/auth/token",
            List.of("{\"name\":\"{text}\",\"expiry\":60}", "{\"name\":\"a\",\"role\":\"{text}\"}"),
            "POST /api/v1/auth/app-portal-access/{app}",
            List.of("{\"featureFlags\":[\"{text}\"]}", "{\"expiry\":\"{text}\"}"),
            "PUT /ingest/api/v1/source/{source}",
            List.of(
                    "{\"name\":\"{text}\",\"type\":\"generic\",\"config\":{\"secret\":\"s\"},\"uid\":\"{source}\"}",
                    "{\"name\":\"ab\",\"type\":\"{text}\",\"config\":{\"secret\":\"s\"},\"uid\":\"{source}\"}",
                    "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"{text}\"},\"uid\":\"{source}\"}",
                    "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"idPointer\":\"/{text}\"}}",
                    "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"rateLimit\":\"{text}\"}}",
                    "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"allowedIps\":\"{text}\"}}",
                    "{\"name\":\"ab\",\"type\":\"stripe\",\"config\":{\"secret\":\"s\",\"tolerance\":\"{text}\"}}",
                    "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"schema\":{\"title\":\"{text}\"}}}",
                    "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"schema\":{\"$ref\":\"{text}\"}}}"),
            "POST /api/v1/app/{app}/endpoint/{endpoint}/bulk-replay",
            List.of(
                    "{\"since\":\"2026-11-25T12:00:00Z\",\"channel\":\"{text}\"}",
                    "{\"since\":\"2026-11-25T12:00:00Z\",\"tag\":\"{text}\"}",
                    "{\"since\":\"2026-11-25T12:00:00Z\",\"eventTypes\":[\"{text}\"]}"));

    static final List<String> SOURCES = List.of(
            "default",
            "standard",
            "strict",
            "github",
            "shopify",
            "slack",
            "zoom",
            "twitter",
            "meta",
            "discord",
            "adyen-payments",
            "ms-graph",
            "linear",
            "mailgun",
            "paypal",
            "stripe",
            "twilio");

    /** Where some of them look into a body. */
    static final List<String> MEMBERS =
            List.of("id", "type", "timestamp", "value", "notificationItems", "signature", "webhookTimestamp");

    private Requests() {}
}
