package io.posthorn.endpoint;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A registered event type of an organization, which endpoints can filter by. */
@Entity
@Table(name = "posthorn_event_type")
class EventTypeDefinition {

    @EmbeddedId
    Id id;

    String description;

    boolean archived;

    boolean deprecated;

    @Column(name = "feature_flag")
    @Nullable
    String featureFlag;

    /** A JSON object of JSON Schemas by version. */
    @Nullable
    String schemas;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @Column(name = "updated_at")
    OffsetDateTime updatedAt;

    void describe(EventTypeIn in, OffsetDateTime now) {
        description = in.description();
        archived = in.archived();
        deprecated = in.deprecated();
        featureFlag = in.featureFlag();
        schemas = in.schemas();
        updatedAt = now;
    }

    /** @param flags empty for whoever sees all */
    boolean isVisibleWith(Optional<Set<String>> flags) {
        return featureFlag == null || flags.isEmpty() || flags.get().contains(featureFlag);
    }

    EventTypeIn described() {
        return new EventTypeIn(id.name, description, archived, deprecated, featureFlag, schemas);
    }

    void archive(OffsetDateTime now) {
        archived = true;
        updatedAt = now;
    }

    @Embeddable
    static class Id implements Serializable {

        private static final long serialVersionUID = 1L;

        @Column(name = "org_id")
        String organizationId;

        String name;

        Id() {}

        Id(String organizationId, String name) {
            this.organizationId = organizationId;
            this.name = name;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Id id && organizationId.equals(id.organizationId) && name.equals(id.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(organizationId, name);
        }
    }
}
