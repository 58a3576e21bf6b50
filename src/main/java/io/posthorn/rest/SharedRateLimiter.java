package io.posthorn.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.RateLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.List;

/**
 * Token buckets by key, shared by the nodes of one PostgreSQL. A bucket is kept as the moment at which it will be full
 * again: a token costs its share of the period, and there is one if that moment stays within a period from now. So one
 * statement refills, asks and takes. All times are the database's.
 */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class SharedRateLimiter {

    private static final int REMOVED_AT_ONCE = 1_000;
    private static final long MICROS = 1_000_000;

    /** So many microseconds; takes one parameter. */
    private static final String TIME = "CAST(? AS BIGINT) * INTERVAL '0.000001' SECOND";

    private static final String FULL_AT_WITH_ONE_LESS = "GREATEST(b.full_at, CURRENT_TIMESTAMP) + " + TIME;

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    public RateLimiter.Take take(String key, RateLimit limit) {
        long cost = Math.max(1, limit.period().toNanos() / 1_000 / limit.count());
        long capacity = cost * limit.count();
        // With another limit it is another bucket: the moment of the old one says nothing under the new.
        String id = Sha256.hex((key + " " + limit.count() + "/" + limit.period()).getBytes(UTF_8));
        List<?> taken = entities.createNativeQuery(
                        "INSERT INTO posthorn_rate_bucket AS b (id, full_at) VALUES (?, CURRENT_TIMESTAMP + "
                                + TIME + ") ON CONFLICT (id) DO UPDATE SET full_at = " + FULL_AT_WITH_ONE_LESS
                                + " WHERE "
                                + FULL_AT_WITH_ONE_LESS + " <= CURRENT_TIMESTAMP + " + TIME
                                + " RETURNING " + microsUntilFull("b"))
                .setParameter(1, id)
                .setParameter(2, cost)
                .setParameter(3, cost)
                .setParameter(4, cost)
                .setParameter(5, capacity)
                .getResultList();
        if (taken.isEmpty()) {
            long untilFull = untilFull(id);
            return new RateLimiter.Take(false, 0, ofMicros(untilFull + cost - capacity), ofMicros(untilFull));
        }
        return new RateLimiter.Take(true, (capacity - micros(taken)) / cost, Duration.ZERO, ofMicros(micros(taken)));
    }

    private long untilFull(String id) {
        List<?> untilFull = entities.createNativeQuery(
                        "SELECT " + microsUntilFull("b") + " FROM posthorn_rate_bucket b WHERE id = ?")
                .setParameter(1, id)
                .getResultList();
        return untilFull.isEmpty() ? 0 : micros(untilFull);
    }

    private static Duration ofMicros(long micros) {
        return Duration.ofNanos(Math.max(0, micros) * 1_000);
    }

    private static String microsUntilFull(String alias) {
        return "CAST(EXTRACT(EPOCH FROM " + alias + ".full_at - CURRENT_TIMESTAMP) * " + MICROS + " AS BIGINT)";
    }

    private static long micros(List<?> row) {
        return ((Number) row.get(0)).longValue();
    }

    /** Removes some of the buckets that are full, which says nothing; true if there may be more. */
    public boolean removeFull() {
        // Asked twice: one that is taken from between the look and the deletion stays.
        return entities.createNativeQuery("DELETE FROM posthorn_rate_bucket WHERE full_at <= CURRENT_TIMESTAMP"
                                + " AND id IN (SELECT id"
                                + " FROM posthorn_rate_bucket WHERE full_at <= CURRENT_TIMESTAMP"
                                + " FETCH FIRST " + REMOVED_AT_ONCE + " ROWS ONLY)")
                        .executeUpdate()
                == REMOVED_AT_ONCE;
    }
}
