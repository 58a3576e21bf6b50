package io.posthorn.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A token that was logged out, by its hash. */
@Entity
@Table(name = "posthorn_revoked_token")
class RevokedToken {

    /** SHA-256, in hex. */
    @Id
    String hash;

    @Column(name = "revoked_at")
    OffsetDateTime revokedAt;

    /** When it ends by itself; {@code null} for never, and where that is not known. */
    @Column(name = "expires_at")
    @Nullable
    OffsetDateTime expiresAt;
}
