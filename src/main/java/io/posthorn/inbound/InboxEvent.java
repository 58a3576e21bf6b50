package io.posthorn.inbound;

import io.posthorn.persistence.Insertion;
import io.posthorn.source.Source;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A received webhook, a row of the inbox. */
@Entity
@Table(name = "posthorn_inbox_event")
class InboxEvent {

    static final String ID_PREFIX = "evt_";

    /** Of events that have just come. */
    static final Insertion<InboxEvent> INSERTION = Insertion.into(
            "posthorn_inbox_event",
            List.of(
                    "id",
                    "org_id",
                    "source",
                    "source_name",
                    "external_id",
                    "event_type",
                    "occurred_at",
                    "received_at",
                    "headers",
                    "body",
                    "status",
                    "due_at",
                    "line",
                    "dispatches",
                    "duplicates",
                    "note",
                    "finished_at"),
            event -> new Object[] {
                event.id,
                event.organizationId,
                event.source,
                event.sourceName,
                event.externalId,
                event.eventType,
                event.occurredAt,
                event.receivedAt,
                event.headers,
                event.body,
                event.status.name(),
                event.dueAt,
                event.line,
                event.dispatches,
                event.duplicates,
                event.note,
                event.finishedAt
            });

    @Id
    String id;

    @Column(name = "org_id")
    String organizationId;

    /** The inbox of its source, which stays when that is renamed. */
    String source;

    /** What its source was called when it came; null where that is the inbox. */
    @Column(name = "source_name")
    @Nullable
    String sourceName;

    @Column(name = "external_id")
    @Nullable
    String externalId;

    @Column(name = "event_type")
    String eventType;

    @Column(name = "occurred_at")
    @Nullable
    OffsetDateTime occurredAt;

    @Column(name = "received_at")
    OffsetDateTime receivedAt;

    /** A JSON object of arrays of strings. */
    String headers;

    byte[] body;

    @Enumerated(EnumType.STRING)
    InboxStatus status = InboxStatus.RECEIVED;

    @Column(name = "due_at")
    @Nullable
    OffsetDateTime dueAt;

    @Nullable
    String claim;

    /** What it stands in until it is done, where its source keeps an order. */
    @Nullable
    String line;

    /** How often its observers have been called. */
    int dispatches;

    /** How often it was handed to its observers anew, since somebody asked for it. */
    int replays;

    /** How many further arrivals of it were answered {@code duplicate}. */
    int duplicates;

    @Column(name = "last_error")
    @Nullable
    String lastError;

    @Nullable
    String note;

    @Column(name = "finished_at")
    @Nullable
    OffsetDateTime finishedAt;

    void comesFrom(Source sender) {
        organizationId = sender.organizationId();
        source = sender.inbox();
        sourceName = sender.name().equals(sender.inbox()) ? null : sender.name();
    }

    /** What its source was called when it came. */
    String sourceNameOnArrival() {
        return sourceName == null ? source : sourceName;
    }

    /** As a dispatch would that finds no observer, and costs a transaction of its own. */
    void markUnhandled() {
        status = InboxStatus.PROCESSED;
        dispatches = 1;
        note = EventObservers.UNHANDLED;
        finishedAt = receivedAt;
    }
}
