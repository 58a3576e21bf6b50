package io.posthorn.task;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A piece of long work and how far it has come. */
@Entity
@Table(name = "posthorn_task")
public class BackgroundTask {

    static final String ID_PREFIX = "qtask_";

    @Id
    String id;

    @Column(name = "org_id")
    String organizationId;

    /** What kind of work it is, such as {@code endpoint.recover}. */
    String task;

    @Enumerated(EnumType.STRING)
    TaskStatus status = TaskStatus.RUNNING;

    /** JSON. */
    String parameters;

    /** Where the next batch begins. */
    @Nullable
    String reached;

    /** How many items have been done. */
    long done;

    @Column(name = "due_at")
    @Nullable
    OffsetDateTime dueAt;

    @Nullable
    String claim;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @Column(name = "updated_at")
    OffsetDateTime updatedAt;
}
