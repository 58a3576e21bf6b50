package io.posthorn.delivery;

import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.persistence.Insertion;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message on its way to one endpoint. */
@Entity
@Table(name = "posthorn_delivery")
class Delivery {

    static final String ID_PREFIX = "dlv_";

    /** Of deliveries that nothing has happened to yet. */
    static final Insertion<Delivery> INSERTION = Insertion.into(
            "posthorn_delivery",
            List.of(
                    "id",
                    "org_id",
                    "message_id",
                    "endpoint_id",
                    "status",
                    "attempts",
                    "due_at",
                    "reason",
                    "created_at",
                    "updated_at"),
            delivery -> new Object[] {
                delivery.id,
                delivery.organizationId,
                delivery.messageId,
                delivery.endpointId,
                delivery.status.name(),
                delivery.attempts,
                delivery.dueAt,
                delivery.reason,
                delivery.createdAt,
                delivery.updatedAt
            });

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

    /** How many attempts somebody asked for that are still to be made. */
    @Column(name = "manual_due")
    int manualDue;

    /** Whether any attempt has succeeded, whatever came later. */
    boolean succeeded;

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

    static Delivery due(String id, Message message, Endpoint endpoint, OffsetDateTime now) {
        Delivery delivery = new Delivery();
        delivery.id = id;
        delivery.organizationId = message.organizationId();
        delivery.messageId = message.id();
        delivery.endpointId = endpoint.id();
        delivery.dueAt = now;
        delivery.createdAt = now;
        delivery.updatedAt = now;
        return delivery;
    }

    /** Never to be attempted, unless somebody asks for it. */
    void cancel(String why) {
        status = DeliveryStatus.CANCELED;
        reason = why;
        dueAt = null;
    }

    /** What sets the next attempt off. */
    TriggerType trigger() {
        return manualDue > 0 ? TriggerType.MANUAL : TriggerType.SCHEDULED;
    }
}
