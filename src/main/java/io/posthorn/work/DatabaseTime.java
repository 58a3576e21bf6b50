package io.posthorn.work;

import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time of the database, by which all nodes work: what it said last, and what has passed since by a clock that nobody
 * sets. By a node's own clock, what it stores would be due too late, or removed too early, whenever that clock is wrong.
 */
@ApplicationScoped
public class DatabaseTime {

    /** After it the two clocks have drifted apart by less than a millisecond, unless the database's was set. */
    private static final Duration READ_AGAIN = Duration.ofSeconds(10);

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    PeriodicTasks tasks;

    /** Seen from outside, so that reading has its transaction. */
    @Inject
    DatabaseTime self;

    record Reading(Instant time, long nanos) {}

    private volatile @Nullable Reading last;

    void start(@Observes @Priority(StartOrder.WORK) Starting starting) {
        tasks.every(READ_AGAIN, self::read);
    }

    /** Never ahead of the database, so that what is due now is found at once. */
    public OffsetDateTime now() {
        Reading known = last;
        Reading reading = known == null ? self.read() : known;
        // Both databases keep microseconds; finer times would change between an answer and the next look.
        return reading.time()
                .plusNanos(System.nanoTime() - reading.nanos())
                .truncatedTo(ChronoUnit.MICROS)
                .atOffset(ZoneOffset.UTC);
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Reading read() {
        Number seconds = (Number) entities.createNativeQuery("SELECT EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)")
                .getSingleResult();
        Reading reading = new Reading(toInstant(new BigDecimal(seconds.toString())), System.nanoTime());
        last = reading;
        return reading;
    }

    private static Instant toInstant(BigDecimal seconds) {
        return Instant.EPOCH.plus(seconds.movePointRight(6).longValue(), ChronoUnit.MICROS);
    }
}
