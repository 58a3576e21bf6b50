package io.posthorn.delivery;

import static java.util.Objects.requireNonNull;

import io.posthorn.config.DatabaseSettings;
import io.posthorn.config.Settings;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.persistence.CurrentTransaction;
import io.posthorn.work.Claimed;
import io.posthorn.work.DueTable;
import io.posthorn.work.FairClaims;
import io.posthorn.work.InList;
import io.posthorn.work.TurnsOneByOne;
import io.posthorn.work.TurnsTogether;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Claims the deliveries that are due. */
@ApplicationScoped
class DeliveryQueue {

    static final String TABLE = "posthorn_delivery";

    private static final String KEY = "due_endpoint_id";

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    CurrentTransaction transaction;

    @Inject
    Settings settings;

    private FairClaims claims;

    @PostConstruct
    void makeClaims() {
        claims = new FairClaims(
                TABLE,
                KEY,
                settings.database().kind() == DatabaseSettings.Kind.POSTGRESQL
                        ? new TurnsTogether(TABLE, KEY)
                        : new TurnsOneByOne(TABLE, KEY));
    }

    /**
     * Claims due deliveries that may leave now, those due first before others.
     *
     * @param taken where the endpoints are noted whose slots are taken, to be given back if the transaction fails
     */
    @Transactional(TxType.REQUIRES_NEW)
    List<DueDelivery> claim(Admission admission, List<String> taken) {
        transaction.commitUnawaited();
        List<Claimed> claimed = claims.claim(
                entities,
                admission.free(),
                lease(),
                admission.busyEndpoints(),
                endpoint -> admission.tryTakeSlot(endpoint) && taken.add(endpoint));
        return leaving(claimed, admission, taken);
    }

    /** Whether the last claim of what is due may have left what there is room for. */
    boolean mayHaveLeft() {
        return claims.mayHaveLeft();
    }

    /**
     * Claims those of some deliveries that are due and may leave now.
     *
     * @param admits takes a slot of an endpoint, if it has one
     * @param taken as {@link #claim(Admission, List)} has it
     */
    @Transactional(TxType.REQUIRES_NEW)
    List<DueDelivery> claim(List<String> ids, Predicate<String> admits, Admission admission, List<String> taken) {
        transaction.commitUnawaited();
        List<Claimed> claimed =
                claims.claimThese(entities, ids, lease(), endpoint -> admits.test(endpoint) && taken.add(endpoint));
        return leaving(claimed, admission, taken);
    }

    @Transactional(TxType.REQUIRES_NEW)
    void release(Collection<Claimed> deliveries) {
        new DueTable(entities, TABLE).releaseAll(deliveries);
    }

    /** What turns out to exceed a throttle rate goes back, before anyone sees that it was claimed. */
    private List<DueDelivery> leaving(List<Claimed> claimed, Admission admission, List<String> taken) {
        if (claimed.isEmpty()) {
            return List.of();
        }
        List<DueDelivery> loaded = load(claimed);
        List<DueDelivery> exceeding = admission.exceeding(loaded);
        exceeding.forEach(due -> taken.remove(due.endpointId()));
        new DueTable(entities, TABLE)
                .putBack(exceeding.stream().map(DueDelivery::claimed).toList());
        return loaded.stream().filter(due -> !exceeding.contains(due)).toList();
    }

    /** Those due first come first. An endpoint is read once, however many of its deliveries are claimed together. */
    private List<DueDelivery> load(List<Claimed> claimed) {
        String claim = claimed.get(0).claim();
        List<Object[]> deliveries = rows(
                "SELECT d, m FROM Delivery d, Message m WHERE d.id IN :ids AND m.id = d.messageId"
                        + " ORDER BY d.dueAt, d.id",
                claimed.stream().map(Claimed::id));
        Map<String, Object[]> endpoints = rows(
                        "SELECT e, a FROM Endpoint e, Application a WHERE e.id IN :ids AND a.id = e.applicationId",
                        deliveries.stream()
                                .map(row -> ((Delivery) row[0]).endpointId)
                                .distinct())
                .stream()
                .collect(Collectors.toMap(row -> ((Endpoint) row[0]).id(), Function.identity()));
        return deliveries.stream()
                .map(row -> {
                    Delivery delivery = (Delivery) row[0];
                    Object[] endpoint = requireNonNull(endpoints.get(delivery.endpointId));
                    return new DueDelivery(
                            delivery, (Message) row[1], (Endpoint) endpoint[0], (Application) endpoint[1], claim);
                })
                .toList();
    }

    private List<Object[]> rows(String query, Stream<String> ids) {
        return entities.createQuery(query, Object[].class)
                .setParameter("ids", InList.padded(ids.toList()))
                .getResultList();
    }

    /** Longer than any attempt can last, so that only the deliveries of a dead node outlive theirs. */
    private Duration lease() {
        return settings.delivery()
                .timeout()
                .multipliedBy(2)
                .plus(settings.delivery().leaseMargin());
    }
}
