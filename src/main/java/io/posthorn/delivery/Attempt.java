package io.posthorn.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** One HTTP request of a delivery, and what came of it. */
@Entity
@Table(name = "posthorn_attempt")
class Attempt {

    static final String ID_PREFIX = "atmpt_";

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
