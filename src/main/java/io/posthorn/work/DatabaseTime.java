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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of the database, by which all nodes work: what it said last, and what has passed since by a clock that nobody
 * sets. By a node's own clock, what it stores would be due too late, or removed too early, whenever that clock is wrong.
 */
@ApplicationScoped
public class DatabaseTime {

    /** After it the two clocks have drifted apart by less than a millisecond, unless the database's was set. */
    private static final Duration READ_AGAIN = Duration.ofSeconds(10);

    /** A question that takes longer is asked again: by its answer, the time would step back by what it took. */
    private static final Duration QUICK = Duration.ofMillis(5);

    private static final int QUESTIONS = 3;

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    PeriodicTasks tasks;

    /** Seen from outside, so that reading has its transaction. */
    @Inject
    DatabaseTime self;

    /**
     * @param time of the database while it was asked
     * @param nanos of this node's clock when it had answered
     * @param took how long that took, which is by how much the reading may be late
     */
    record Reading(Instant time, long nanos, Duration took) {}

    private volatile @Nullable Reading last;

    void start(@Observes @Priority(StartOrder.WORK) Starting starting) {
        tasks.every(READ_AGAIN, this::readAgain);
    }

    /** Never ahead of the database, so that what is due now is found at once. */
    public OffsetDateTime now() {
        Reading known = last;
        Reading reading = known == null ? readAgain() : known;
        // Both databases keep microseconds; finer times would change between an answer and the next look.
        return reading.time()
                .plusNanos(System.nanoTime() - reading.nanos())
                .truncatedTo(ChronoUnit.MICROS)
                .atOffset(ZoneOffset.UTC);
    }

    private Reading readAgain() {
        Reading reading = quickest(self::read);
        last = reading;
        return reading;
    }

    static Reading quickest(Supplier<Reading> question) {
        Reading best = question.get();
        for (int asked = 1; asked < QUESTIONS && best.took().compareTo(QUICK) > 0; asked++) {
            Reading next = question.get();
            best = next.took().compareTo(best.took()) < 0 ? next : best;
        }
        return best;
    }

    /** In a transaction of its own, since the database says in each what time it was at its beginning. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Reading read() {
        long asked = System.nanoTime();
        Number seconds = (Number) entities.createNativeQuery("SELECT EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)")
                .getSingleResult();
        long answered = System.nanoTime();
        return new Reading(toInstant(new BigDecimal(seconds.toString())), answered, Duration.ofNanos(answered - asked));
    }

    private static Instant toInstant(BigDecimal seconds) {
        return Instant.EPOCH.plus(seconds.movePointRight(6).longValue(), ChronoUnit.MICROS);
    }
}
