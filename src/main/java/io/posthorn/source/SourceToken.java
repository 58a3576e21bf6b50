package io.posthorn.source;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A token that leads to a source, by its hash. */
@Entity
@Table(name = "posthorn_source_token")
class SourceToken {

    /** SHA-256, in hex. */
    @Id
    String hash;

    @Column(name = "source_id")
    String sourceId;

    /** {@code null} for the one that is shown; those before it end. */
    @Column(name = "expires_at")
    @Nullable
    OffsetDateTime expiresAt;
}
