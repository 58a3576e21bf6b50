package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.json.StrictJson;
import io.posthorn.persistence.Insertion;
import io.posthorn.rest.NullableJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dispatch in the history of its event. */
@Entity
@Table(name = "posthorn_inbox_dispatch")
class DispatchRecord {

    static final Insertion<DispatchRecord> INSERTION = Insertion.into(
            "posthorn_inbox_dispatch",
            List.of("event_id", "replay", "dispatch", "started_at", "duration_millis", "outcome", "error", "observers"),
            record -> new Object[] {
                record.id.eventId,
                record.id.replay,
                record.id.dispatch,
                record.startedAt,
                record.durationMillis,
                record.outcome.name(),
                record.error,
                record.observers
            });

    @EmbeddedId
    Id id;

    @Column(name = "started_at")
    OffsetDateTime startedAt;

    @Column(name = "duration_millis")
    long durationMillis;

    @Enumerated(EnumType.STRING)
    DispatchOutcome outcome;

    @Nullable
    String error;

    /** A JSON array, as the API shows it. */
    String observers;

    /** @param error what it failed of, if it did */
    static DispatchRecord of(Dispatch dispatch, Optional<String> error) {
        DispatchRecord record = new DispatchRecord();
        record.id = new Id(dispatch.eventId(), dispatch.replay(), dispatch.number());
        record.startedAt = dispatch.startedAt().atOffset(ZoneOffset.UTC);
        record.durationMillis = dispatch.duration().toMillis();
        record.outcome = error.isPresent() ? DispatchOutcome.FAILED : DispatchOutcome.PROCESSED;
        record.error = error.orElse(null);
        boolean rolledBack = error.isPresent() && !dispatch.isProcessed();
        JsonArrayBuilder calls = JSON.createArrayBuilder();
        dispatch.calls().forEach(call -> calls.add(call.toJson(rolledBack)));
        record.observers = calls.build().toString();
        return record;
    }

    /** Of an event that nobody observes. */
    static DispatchRecord ofNobody(InboxEvent event) {
        DispatchRecord record = new DispatchRecord();
        record.id = new Id(event.id, event.replays, event.dispatches);
        record.startedAt = event.receivedAt;
        record.outcome = DispatchOutcome.PROCESSED;
        record.observers = JsonValue.EMPTY_JSON_ARRAY.toString();
        return record;
    }

    JsonArray observers() {
        return StrictJson.parse(observers).asJsonArray();
    }

    JsonObjectBuilder toJson() {
        return JSON.createObjectBuilder()
                .add("dispatch", id.dispatch)
                .add("replay", id.replay)
                .add("startedAt", startedAt.toInstant().toString())
                .add("durationMs", durationMillis)
                .add("outcome", outcome.name())
                .add("error", NullableJson.of(error))
                .add("observers", observers());
    }

    @Embeddable
    static class Id implements Serializable {

        private static final long serialVersionUID = 1L;

        @Column(name = "event_id")
        String eventId;

        /** How often the event had been replayed before. */
        int replay;

        /** From 1, and again from 1 after each replay. */
        int dispatch;

        Id() {}

        Id(String eventId, int replay, int dispatch) {
            this.eventId = eventId;
            this.replay = replay;
            this.dispatch = dispatch;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Id id
                    && eventId.equals(id.eventId)
                    && replay == id.replay
                    && dispatch == id.dispatch;
        }

        @Override
        public int hashCode() {
            return Objects.hash(eventId, replay, dispatch);
        }
    }
}
