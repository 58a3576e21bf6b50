package io.posthorn.inbound;

import io.posthorn.persistence.Insertion;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Remembers which event took a dedupe key, until the dedupe window ends. The primary key settles simultaneous arrivals. */
@Entity
@Table(name = "posthorn_inbox_key")
class InboxKey {

    static final Insertion<InboxKey> INSERTION = Insertion.into(
            "posthorn_inbox_key", List.of("org_id", "source", "dedupe_key", "event_id", "expires_at"), key ->
                    new Object[] {key.id.organizationId, key.id.source, key.id.dedupeKey, key.eventId, key.expiresAt});

    @EmbeddedId
    Id id;

    @Column(name = "event_id")
    String eventId;

    @Column(name = "expires_at")
    OffsetDateTime expiresAt;

    static InboxKey of(Id id, String eventId, OffsetDateTime expiresAt) {
        InboxKey key = new InboxKey();
        key.id = id;
        key.eventId = eventId;
        key.expiresAt = expiresAt;
        return key;
    }

    @Embeddable
    static class Id implements Serializable {

        private static final long serialVersionUID = 1L;

        @Column(name = "org_id")
        String organizationId;

        String source;

        @Column(name = "dedupe_key")
        String dedupeKey;

        Id() {}

        Id(String organizationId, String source, String dedupeKey) {
            this.organizationId = organizationId;
            this.source = source;
            this.dedupeKey = dedupeKey;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Id id
                    && organizationId.equals(id.organizationId)
                    && source.equals(id.source)
                    && dedupeKey.equals(id.dedupeKey);
        }

        @Override
        public int hashCode() {
            return Objects.hash(organizationId, source, dedupeKey);
        }
    }
}
