package io.posthorn.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A token that was created by an operation. Its text is known to whoever was given it alone. */
@Entity
@Table(name = "posthorn_token")
class StoredToken {

    static final String ID_PREFIX = "tok_";

    @Id
    String id;

    @Column(name = "org_id")
    String organizationId;

    String name;

    @Enumerated(EnumType.STRING)
    Role role;

    /** The SHA-256 of its text, which has too much randomness in it to be guessed. */
    String hash;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    /** {@code null} for never. */
    @Column(name = "expires_at")
    @Nullable
    OffsetDateTime expiresAt;
}
