package io.posthorn.endpoint;

import io.posthorn.persistence.DurationsConverter;
import io.posthorn.persistence.StringMapConverter;
import io.posthorn.persistence.StringSetConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A URL that receives an application's messages, with the filters that say which. */
@Entity
@Table(name = "posthorn_endpoint")
public class Endpoint {

    static final String ID_PREFIX = "ep_";

    @Id
    String id;

    @Column(name = "org_id")
    String organizationId;

    @Column(name = "app_id")
    String applicationId;

    @Nullable
    String uid;

    String url;

    int version;

    String description;

    /** {@code null} takes every type. */
    @Column(name = "event_types")
    @Convert(converter = StringSetConverter.class)
    @Nullable
    Set<String> eventTypes;

    /** {@code null} takes every channel. */
    @Convert(converter = StringSetConverter.class)
    @Nullable
    Set<String> channels;

    boolean disabled;

    @Column(name = "disabled_reason")
    @Nullable
    String disabledReason;

    @Column(name = "throttle_rate")
    @Nullable
    Integer throttleRate;

    /** The delays between its attempts; {@code null} for those of the installation. */
    @Column(name = "retry_schedule")
    @Convert(converter = DurationsConverter.class)
    @Nullable
    List<Duration> retrySchedule;

    /** When a first delivery ran out of attempts since the last success; {@code null} while all is well. */
    @Column(name = "failing_since")
    @Nullable
    OffsetDateTime failingSince;

    @Convert(converter = StringMapConverter.class)
    Map<String, String> metadata;

    /** The signing secret, encrypted. */
    byte[] secret;

    /** The secrets before it that still sign, encrypted. */
    @Column(name = "old_secrets")
    byte @Nullable [] oldSecrets;

    /** Encrypted. */
    byte @Nullable [] headers;

    /** Encrypted. */
    byte @Nullable [] credentials;

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

    public String applicationId() {
        return applicationId;
    }

    public String url() {
        return url;
    }

    public Optional<String> uid() {
        return Optional.ofNullable(uid);
    }

    /** Deliveries a second; empty for any number. */
    public Optional<Integer> throttleRate() {
        return Optional.ofNullable(throttleRate);
    }

    /** The delays between its attempts; empty for those of the installation. */
    public Optional<List<Duration>> retrySchedule() {
        return Optional.ofNullable(retrySchedule);
    }

    /** When a first delivery ran out of attempts since the last success. */
    public Optional<OffsetDateTime> failingSince() {
        return Optional.ofNullable(failingSince);
    }

    /** Why it is disabled, if Posthorn did it. */
    public Optional<String> disabledReason() {
        return Optional.ofNullable(disabledReason);
    }

    public boolean isDisabled() {
        return disabled;
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    /**
     * Whether a message passes this endpoint's filters. Event types are compared whole, not by prefix; a message
     * without channels reaches only endpoints without a channel filter.
     */
    public boolean accepts(String eventType, Set<String> messageChannels) {
        return whyNot(eventType, messageChannels).isEmpty();
    }

    /** Which filter keeps a message away; empty if it passes. */
    public Optional<String> whyNot(String eventType, Set<String> messageChannels) {
        if (eventTypes != null && !eventTypes.contains(eventType)) {
            return Optional.of("filtered by event type");
        }
        return channels != null && Collections.disjoint(channels, messageChannels)
                ? Optional.of("filtered by channel")
                : Optional.empty();
    }

    public OffsetDateTime createdAt() {
        return createdAt;
    }

    /** Ends deliveries until somebody enables the endpoint again. */
    public void disable(String reason, OffsetDateTime now) {
        disabled = true;
        disabledReason = reason;
        updatedAt = now;
    }

    /**
     * Takes note of a delivery that ran out of attempts. The memory of failures lasts twice the limit, so that an
     * endpoint which is hardly ever called does not end by two failures far apart.
     *
     * @param limit how long nothing but failures may last
     * @return whether it has lasted that long
     */
    public boolean ranOutOfAttempts(OffsetDateTime now, Duration limit) {
        if (failingSince == null || failingSince.isBefore(now.minus(limit.multipliedBy(2)))) {
            failingSince = now;
            return false;
        }
        return !failingSince.isAfter(now.minus(limit));
    }

    EndpointFields described() {
        return new EndpointFields(
                uid, url, version, description, eventTypes, channels, disabled, throttleRate, metadata);
    }

    void describe(EndpointFields fields, OffsetDateTime now) {
        if (disabled && !fields.disabled()) {
            // Whoever enables an endpoint begins anew with it.
            failingSince = null;
            disabledReason = null;
        }
        uid = fields.uid();
        url = fields.url();
        version = fields.version();
        description = fields.description();
        eventTypes = fields.eventTypes();
        channels = fields.channels();
        disabled = fields.disabled();
        throttleRate = fields.throttleRate();
        metadata = fields.metadata();
        updatedAt = now;
    }

    void rotate(byte[] newSecret, byte @Nullable [] olderSecrets, OffsetDateTime now) {
        secret = newSecret;
        oldSecrets = olderSecrets;
        updatedAt = now;
    }

    void setHeaders(byte @Nullable [] newHeaders, OffsetDateTime now) {
        headers = newHeaders;
        updatedAt = now;
    }

    /** @param delays {@code null} for those of the installation */
    void setRetrySchedule(@Nullable List<Duration> delays, OffsetDateTime now) {
        retrySchedule = delays;
        updatedAt = now;
    }

    void setCredentials(byte @Nullable [] newCredentials, OffsetDateTime now) {
        credentials = newCredentials;
        updatedAt = now;
    }

    /** Frees the uid and forgets what may be secret, as far as a row can be without; it stays, since attempts refer to it. */
    void delete(OffsetDateTime now) {
        deletedAt = now;
        uid = null;
        oldSecrets = null;
        headers = null;
        credentials = null;
    }
}
