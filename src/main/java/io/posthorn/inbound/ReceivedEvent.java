package io.posthorn.inbound;

import io.posthorn.WebhookEvent;
import io.posthorn.json.StrictJson;
import io.posthorn.rest.Hops;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row of the inbox, as observers see it. */
final class ReceivedEvent implements WebhookEvent {

    private final InboxEvent row;
    private final String source;
    private final JsonValue payload;
    private final Map<String, List<String>> headers;
    private final Jsonb jsonb;
    private final Dispatch dispatch;

    /** @param source what the event's source is called */
    ReceivedEvent(InboxEvent row, String source, Jsonb jsonb, Dispatch dispatch) {
        this.row = row;
        this.source = source;
        this.headers = StoredHeaders.fromJson(row.headers);
        this.payload = parse(row.body);
        this.jsonb = jsonb;
        this.dispatch = dispatch;
    }

    private JsonValue parse(byte[] body) {
        try {
            return StrictJson.parse(body);
        } catch (JsonException notJson) {
            return headers.getOrDefault("content-type", List.of()).stream().anyMatch(FormFields::isForm)
                    ? FormFields.of(body)
                    : JsonValue.NULL;
        }
    }

    @Override
    public String id() {
        return row.id;
    }

    @Override
    public Optional<String> externalId() {
        return Optional.ofNullable(row.externalId);
    }

    @Override
    public String type() {
        return row.eventType;
    }

    @Override
    public String organization() {
        return row.organizationId;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public Instant receivedAt() {
        return row.receivedAt.toInstant();
    }

    @Override
    public Optional<Instant> occurredAt() {
        return Optional.ofNullable(row.occurredAt).map(OffsetDateTime::toInstant);
    }

    @Override
    public Map<String, List<String>> headers() {
        return headers;
    }

    @Override
    public byte[] rawBody() {
        return row.body.clone();
    }

    @Override
    public JsonValue payload() {
        return payload;
    }

    @Override
    public JsonValue data() {
        return payload instanceof JsonObject object && object.get("data") instanceof JsonStructure data
                ? data
                : payload;
    }

    @Override
    public <T> T dataAs(Class<T> type) {
        return jsonb.fromJson(data().toString(), type);
    }

    @Override
    public <T> T dataAs(Type type) {
        return jsonb.fromJson(data().toString(), type);
    }

    @Override
    public int dispatch() {
        return row.dispatches + 1;
    }

    @Override
    public boolean replayed() {
        return row.replays > 0;
    }

    /** How many gateways it has come through. */
    int hops() {
        return Hops.of(headers.getOrDefault(Hops.HEADER, List.of()).stream().findFirst());
    }

    /** The dispatch that observers are called in. */
    Dispatch underWay() {
        return dispatch;
    }

    @Override
    public String toString() {
        return "WebhookEvent[" + id() + ", " + type() + " from " + source() + "]";
    }
}
