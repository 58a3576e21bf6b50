package io.posthorn.delivery;

import io.posthorn.persistence.Insertion;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;

/** One HTTP request of a delivery, and what came of it. */
@Entity
@Table(name = "posthorn_attempt")
class Attempt {

    static final String ID_PREFIX = "atmpt_";

    static final Insertion<Attempt> INSERTION = Insertion.into(
            "posthorn_attempt",
            List.of(
                    "id",
                    "org_id",
                    "message_id",
                    "endpoint_id",
                    "url",
                    "status",
                    "response_status",
                    "response",
                    "duration_millis",
                    "trigger_type",
                    "created_at"),
            attempt -> new Object[] {
                attempt.id,
                attempt.organizationId,
                attempt.messageId,
                attempt.endpointId,
                attempt.url,
                attempt.status.name(),
                attempt.responseStatus,
                attempt.response,
                attempt.durationMillis,
                attempt.trigger.name(),
                attempt.createdAt
            });

    @Id
    String id;

    @Column(name = "org_id")
    String organizationId;

    @Column(name = "message_id")
    String messageId;

    @Column(name = "endpoint_id")
    String endpointId;

    /** Where it went; the endpoint's URL may have changed since. */
    String url;

    @Enumerated(EnumType.STRING)
    AttemptStatus status;

    /** 0 where no answer came. */
    @Column(name = "response_status")
    int responseStatus;

    /** The beginning of the answer's body; where no answer came, what went wrong. */
    String response;

    @Column(name = "duration_millis")
    long durationMillis;

    @Column(name = "trigger_type")
    @Enumerated(EnumType.STRING)
    TriggerType trigger;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    void expunge(String replacement) {
        response = replacement;
    }
}
