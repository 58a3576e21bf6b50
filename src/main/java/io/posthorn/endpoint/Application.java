package io.posthorn.endpoint;

import io.posthorn.persistence.StringMapConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tenant, whose endpoints receive what is published to it. */
@Entity
@Table(name = "posthorn_application")
public class Application {

    static final String ID_PREFIX = "app_";

    @Id
    String id;

    @Column(name = "org_id")
    String organizationId;

    @Nullable
    String uid;

    String name;

    @Column(name = "throttle_rate")
    @Nullable
    Integer throttleRate;

    @Convert(converter = StringMapConverter.class)
    Map<String, String> metadata;

    @Column(name = "plain_signature")
    boolean plainSignature;

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

    public String organizationId() {
        return organizationId;
    }

    public Optional<String> uid() {
        return Optional.ofNullable(uid);
    }

    /** Whether it belongs to something else; the uids of these have a colon, which no client can give. */
    boolean isOwned() {
        return uid != null && uid.indexOf(':') >= 0;
    }

    /** Whether its endpoints get the plain scheme beside the standard one. */
    public boolean hasPlainSignature() {
        return plainSignature;
    }

    ApplicationIn described() {
        return new ApplicationIn(name, uid, throttleRate, metadata, plainSignature);
    }

    void describe(ApplicationIn in, OffsetDateTime now) {
        name = in.name();
        uid = in.uid();
        throttleRate = in.throttleRate();
        metadata = in.metadata();
        plainSignature = in.plainSignature();
        updatedAt = now;
    }

    /** Deliveries a second to all endpoints together; empty for any number. */
    public Optional<Integer> throttleRate() {
        return Optional.ofNullable(throttleRate);
    }

    /** Frees the uid; the row stays, since messages refer to it. */
    void delete(OffsetDateTime now) {
        deletedAt = now;
        uid = null;
    }
}
