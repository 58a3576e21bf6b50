package io.posthorn.source;

import io.posthorn.persistence.StringMapConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A source that was created by an operation. */
@Entity
@Table(name = "posthorn_source")
class StoredSource {

    static final String ID_PREFIX = "src_";

    @Id
    String id;

    @Column(name = "org_id")
    String organizationId;

    @Nullable
    String uid;

    /** What its events are stored under; null for the id, as with every source that no early release made. */
    @Nullable
    String inbox;

    String name;

    String type;

    /** JSON, encrypted. */
    byte[] config;

    @Convert(converter = StringMapConverter.class)
    Map<String, String> metadata;

    /** That of the ingest URL, encrypted; {@link SourceToken} has its hash. */
    byte[] token;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @Column(name = "updated_at")
    OffsetDateTime updatedAt;

    /** What observers know it by. */
    String calledName() {
        return uid != null ? uid : id;
    }

    void describe(SourceIn in, byte[] encryptedConfig, OffsetDateTime now) {
        name = in.name();
        uid = in.uid();
        type = in.type();
        config = encryptedConfig;
        metadata = in.metadata();
        updatedAt = now;
    }

    /** Here rather than in the field from outside, where EclipseLink would not notice. */
    void giveToken(byte[] encrypted) {
        token = encrypted;
    }
}
