package io.posthorn.delivery;

import io.posthorn.endpoint.Application;
import io.posthorn.work.DueTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the attempts of an application period by period. */
@ApplicationScoped
@Transactional
class StatisticsSeries {

    private static final long MICROS = Duration.ofSeconds(1).toNanos() / 1_000;

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    /**
     * For each status, how many ended with it in each period, the first of which begins with the range; canceled are
     * deliveries, by the time at which they came into being.
     *
     * @param eventTypes empty for all
     */
    Map<AttemptStatus, long[]> of(
            Application application, StatisticsRange range, StatisticsPeriod period, Set<String> eventTypes) {
        Map<AttemptStatus, long[]> series = new EnumMap<>(AttemptStatus.class);
        for (AttemptStatus status : List.of(AttemptStatus.SUCCESS, AttemptStatus.FAIL, AttemptStatus.CANCELED)) {
            series.put(status, new long[period.countIn(range)]);
        }
        count("posthorn_attempt", "'SUCCESS', 'FAIL'", application, range, period, eventTypes, series);
        count("posthorn_delivery", "'CANCELED'", application, range, period, eventTypes, series);
        return series;
    }

    /** Walks {@code posthorn_message_by_app}, and an index of the table by message. */
    private void count(
            String table,
            String statuses,
            Application application,
            StatisticsRange range,
            StatisticsPeriod period,
            Set<String> eventTypes,
            Map<AttemptStatus, long[]> series) {
        String number = "t.micros / " + period.length().toSeconds() * MICROS;
        Query query = entities.createNativeQuery("SELECT " + number + ", t.status, COUNT(*) FROM ("
                + "SELECT CAST(EXTRACT(EPOCH FROM x.created_at) * " + MICROS + " AS BIGINT) - CAST(? AS BIGINT)"
                + " AS micros, x.status AS status FROM " + table + " x JOIN posthorn_message m ON m.id = x.message_id"
                + " WHERE m.app_id = ? AND x.status IN (" + statuses + ")"
                + (eventTypes.isEmpty() ? "" : " AND m.event_type IN (" + DueTable.marks(eventTypes) + ")")
                + ") t WHERE t.micros >= 0 AND t.micros < CAST(? AS BIGINT) GROUP BY " + number + ", t.status");
        query.setParameter(
                1, ChronoUnit.MICROS.between(Instant.EPOCH, range.since().toInstant()));
        query.setParameter(2, application.id());
        DueTable.bind(query, 3, eventTypes);
        query.setParameter(3 + eventTypes.size(), ChronoUnit.MICROS.between(range.since(), range.until()));
        @SuppressWarnings("unchecked") // a query of a number, a text and a number
        List<Object[]> rows = query.getResultList();
        for (Object[] row : rows) {
            long[] counts = series.get(AttemptStatus.valueOf((String) row[1]));
            if (counts != null) {
                counts[((Number) row[0]).intValue()] += ((Number) row[2]).longValue();
            }
        }
    }
}
