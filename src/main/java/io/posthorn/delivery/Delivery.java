package io.posthorn.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** One message on its way to one endpoint. */
@Entity
@Table(name = "posthorn_delivery")
class Delivery {

    static final String ID_PREFIX = "dlv_";

    @Id
    String id;

    @Column(name = "org_id")
    String organizationId;

    @Column(name = "message_id")
    String messageId;

    @Column(name = "endpoint_id")
    String endpointId;

    @Enumerated(EnumType.STRING)
    DeliveryStatus status = DeliveryStatus.PENDING;

    /** How many attempts have been recorded. */
    int attempts;

    @Column(name = "due_at")
    @Nullable
    OffsetDateTime dueAt;

    @Nullable
    String claim;

    /** Why it failed or was cancelled. */
    @Nullable
    String reason;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @Column(name = "updated_at")
    OffsetDateTime updatedAt;
}
