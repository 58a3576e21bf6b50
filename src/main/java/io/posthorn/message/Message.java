package io.posthorn.message;

import io.posthorn.persistence.Insertion;
import io.posthorn.persistence.StringMapConverter;
import io.posthorn.persistence.StringSetConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One published event. Its payload is stored once, and sent byte for byte to every endpoint. */
@Entity
@Table(name = "posthorn_message")
public class Message {

    static final String ID_PREFIX = "msg_";

    private static final StringSetConverter SETS = new StringSetConverter();
    private static final StringMapConverter MAPS = new StringMapConverter();

    static final Insertion<Message> INSERTION = Insertion.into(
            "posthorn_message",
            List.of(
                    "id",
                    "org_id",
                    "app_id",
                    "event_type",
                    "event_id",
                    "channels",
                    "tags",
                    "payload",
                    "content_type",
                    "headers",
                    "hops",
                    "payload_expires_at",
                    "created_at"),
            message -> new Object[] {
                message.id,
                message.organizationId,
                message.applicationId,
                message.eventType,
                message.eventId,
                SETS.convertToDatabaseColumn(message.channels),
                SETS.convertToDatabaseColumn(message.tags),
                message.payload,
                message.contentType,
                MAPS.convertToDatabaseColumn(message.headers),
                message.hops,
                message.payloadExpiresAt,
                message.createdAt
            });

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

    /** The same column, for conditions; a converted attribute cannot be searched. */
    @Column(name = "channels", insertable = false, updatable = false)
    @Nullable
    String channelsJson;

    @Convert(converter = StringSetConverter.class)
    @Nullable
    Set<String> tags;

    /** The same column, for conditions. */
    @Column(name = "tags", insertable = false, updatable = false)
    @Nullable
    String tagsJson;

    /** {@code null} once it has been expunged. */
    @Nullable
    byte[] payload;

    /** {@code null} for a JSON object; that of a raw text. */
    @Column(name = "content_type")
    @Nullable
    String contentType;

    /** That go with it beside those of each endpoint; {@code null} for none. */
    @Convert(converter = StringMapConverter.class)
    @Nullable
    Map<String, String> headers;

    /** Through how many gateways it has come. */
    int hops;

    /** {@code null} once there is nothing left to expire. */
    @Column(name = "payload_expires_at")
    @Nullable
    OffsetDateTime payloadExpiresAt;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    public String id() {
        return id;
    }

    public String organizationId() {
        return organizationId;
    }

    public String applicationId() {
        return applicationId;
    }

    /** The id that the publisher gave it. */
    public Optional<String> eventId() {
        return Optional.ofNullable(eventId);
    }

    public OffsetDateTime createdAt() {
        return createdAt;
    }

    public String eventType() {
        return eventType;
    }

    /** The channels; none where the message has none. */
    public Set<String> channels() {
        return channels == null ? Set.of() : channels;
    }

    /** Whether there still is something to send. */
    public boolean hasPayload() {
        return payload != null;
    }

    /** @throws IllegalStateException if it has been expunged */
    public byte[] payload() {
        if (payload == null) {
            throw new IllegalStateException("The payload of " + id + " has been expunged");
        }
        return payload;
    }

    /** The content type that the client gave with a raw text; a payload that is a JSON object has none. */
    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /** That go with it beside those of each endpoint. */
    public Map<String, String> headers() {
        return headers == null ? Map.of() : headers;
    }

    /** Through how many gateways it has come. */
    public int hops() {
        return hops;
    }

    void expunge() {
        payload = null;
        payloadExpiresAt = null;
    }
}
