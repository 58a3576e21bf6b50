package io.posthorn.endpoint;

import io.posthorn.persistence.StringMapConverter;
import io.posthorn.persistence.StringSetConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A URL that receives an application's messages, with the filters that say which. */
@Entity
@Table(name = "posthorn_endpoint")
public class Endpoint {

    static final String ID_PREFIX = "ep_";

    @Id
    String id;

    @Column(name = "org_id")
    String organizationId;

    @Column(name = "app_id")
    String applicationId;

    @Nullable
    String uid;

    String url;

    int version;

    String description;

    /** {@code null} takes every type. */
    @Column(name = "event_types")
    @Convert(converter = StringSetConverter.class)
    @Nullable
    Set<String> eventTypes;

    /** {@code null} takes every channel. */
    @Convert(converter = StringSetConverter.class)
    @Nullable
    Set<String> channels;

    boolean disabled;

    @Column(name = "disabled_reason")
    @Nullable
    String disabledReason;

    @Column(name = "throttle_rate")
    @Nullable
    Integer throttleRate;

    @Convert(converter = StringMapConverter.class)
    Map<String, String> metadata;

    /** The signing secret, encrypted. */
    byte[] secret;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @Column(name = "updated_at")
    OffsetDateTime updatedAt;

    @Column(name = "deleted_at")
    @Nullable
    OffsetDateTime deletedAt;

    public String id() {
        return id;
    }

    public String url() {
        return url;
    }

    public boolean isDisabled() {
        return disabled;
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    /**
     * Whether a message passes this endpoint's filters. Event types are compared whole, not by prefix; a message
     * without channels reaches only endpoints without a channel filter.
     */
    public boolean accepts(String eventType, Set<String> messageChannels) {
        return (eventTypes == null || eventTypes.contains(eventType))
                && (channels == null || !Collections.disjoint(channels, messageChannels));
    }

    /** Ends deliveries until somebody enables the endpoint again. */
    public void disable(String reason, OffsetDateTime now) {
        disabled = true;
        disabledReason = reason;
        updatedAt = now;
    }

    /** Frees the uid; the row stays, since attempts refer to it. */
    void delete(OffsetDateTime now) {
        deletedAt = now;
        uid = null;
    }
}
