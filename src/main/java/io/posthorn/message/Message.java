package io.posthorn.message;

import io.posthorn.persistence.StringSetConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One published event. Its payload is stored once, and sent byte for byte to every endpoint. */
@Entity
@Table(name = "posthorn_message")
public class Message {

    static final String ID_PREFIX = "msg_";

    @Id
    String id;

    @Column(name = "org_id")
    String organizationId;

    @Column(name = "app_id")
    String applicationId;

    @Column(name = "event_type")
    String eventType;

    @Column(name = "event_id")
    @Nullable
    String eventId;

    @Convert(converter = StringSetConverter.class)
    @Nullable
    Set<String> channels;

    byte[] payload;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    public String id() {
        return id;
    }

    public String organizationId() {
        return organizationId;
    }

    public String eventType() {
        return eventType;
    }

    /** The channels; none where the message has none. */
    public Set<String> channels() {
        return channels == null ? Set.of() : channels;
    }

    public byte[] payload() {
        return payload;
    }
}
