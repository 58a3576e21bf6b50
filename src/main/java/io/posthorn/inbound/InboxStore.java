package io.posthorn.inbound;

import io.posthorn.config.Settings;
import io.posthorn.persistence.Rows;
import io.posthorn.rest.Ids;
import io.posthorn.work.DatabaseTime;
import io.posthorn.work.InList;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.annotation.Annotation;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The inbox table, a transaction a call. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
class InboxStore {

    /** PostgreSQL takes no statement of more than 65,535 parameters, and a body may be an array of more events. */
    private static final int MAX_KEYS = 1_000;

    private static final Comparator<InboxKey> KEY_ORDER =
            Comparator.comparing((InboxKey key) -> key.id.source).thenComparing(key -> key.id.dedupeKey);

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Rows rows;

    @Inject
    Ids ids;

    @Inject
    DatabaseTime time;

    @Inject
    Settings settings;

    @Inject
    EventObservers observers;

    @Inject
    Event<EventsStored> stored;

    /** Stores what several requests have brought; all of it, or nothing. */
    List<List<Receipt>> storeAll(List<List<Arrival>> requests) {
        Iterator<Receipt> receipts =
                store(requests.stream().flatMap(List::stream).toList()).iterator();
        return requests.stream()
                .map(request -> request.stream().map(arrival -> receipts.next()).toList())
                .toList();
    }

    /** Stores those that are new, and counts the others on the events that they repeat. */
    List<Receipt> store(List<Arrival> arrivals) {
        InboxLines lines = new InboxLines(entities);
        List<Optional<String>> lineOfEach =
                arrivals.stream().map(InboxLines::of).toList();
        lines.open(lineOfEach.stream().flatMap(Optional::stream).collect(Collectors.toSet()));
        List<InboxKey.Id> ids = arrivals.stream().map(InboxStore::keyOf).toList();
        Group group = new Group(lines, known(ids));
        List<Receipt> receipts = new ArrayList<>();
        Map<String, Arrival> fresh = new LinkedHashMap<>();
        for (int i = 0; i < arrivals.size(); i++) {
            Receipt receipt = group.add(arrivals.get(i), ids.get(i), lineOfEach.get(i));
            receipts.add(receipt);
            if (!receipt.duplicate()) {
                fresh.put(receipt.eventId(), arrivals.get(i));
            }
        }
        group.write();
        stored.fire(new EventsStored(fresh));
        return receipts;
    }

    private static InboxKey.Id keyOf(Arrival arrival) {
        return new InboxKey.Id(
                arrival.source().organizationId(), arrival.source().inbox(), DedupeKey.of(arrival));
    }

    /** Those of the keys that are there, and perhaps others. */
    private Map<InboxKey.Id, InboxKey> known(List<InboxKey.Id> ids) {
        Map<InboxKey.Id, InboxKey> known = new HashMap<>();
        for (int from = 0; from < ids.size(); from += MAX_KEYS) {
            known.putAll(lookUp(ids.subList(from, Math.min(from + MAX_KEYS, ids.size()))));
        }
        return known;
    }

    /** By one look along the primary key. */
    private Map<InboxKey.Id, InboxKey> lookUp(List<InboxKey.Id> ids) {
        return entities.createQuery(
                        "SELECT k FROM InboxKey k WHERE k.id.organizationId IN :organizations"
                                + " AND k.id.source IN :sources AND k.id.dedupeKey IN :keys",
                        InboxKey.class)
                .setParameter("organizations", each(ids, id -> id.organizationId))
                .setParameter("sources", each(ids, id -> id.source))
                .setParameter("keys", each(ids, id -> id.dedupeKey))
                .getResultStream()
                .collect(Collectors.toMap(key -> key.id, Function.identity()));
    }

    private static List<String> each(List<InboxKey.Id> ids, Function<InboxKey.Id, String> part) {
        return InList.padded(ids.stream().map(part).collect(Collectors.toSet()));
    }

    /** What is stored together. */
    private final class Group {

        private final InboxLines lines;
        private final Map<InboxKey.Id, InboxKey> keys;
        private final Map<String, InboxEvent> events = new LinkedHashMap<>();
        private final List<InboxKey> newKeys = new ArrayList<>();
        private final List<InboxKey> endedKeys = new ArrayList<>();

        /** How often events have come again that were there before. */
        private final Map<String, Integer> duplicates = new TreeMap<>();

        private final OffsetDateTime now = time.now();

        private Group(InboxLines lines, Map<InboxKey.Id, InboxKey> keys) {
            this.lines = lines;
            this.keys = keys;
        }

        private Receipt add(Arrival arrival, InboxKey.Id id, Optional<String> line) {
            InboxKey key = keys.get(id);
            if (key != null && key.expiresAt.isAfter(now)) {
                countDuplicate(key.eventId);
                return new Receipt(key.eventId, true, false);
            }
            if (key != null) {
                endedKeys.add(key);
            }
            InboxEvent event = event(arrival, line);
            events.put(event.id, event);
            InboxKey taken =
                    InboxKey.of(id, event.id, now.plus(settings.inbound().dedupeWindow()));
            newKeys.add(taken);
            keys.put(id, taken);
            return new Receipt(event.id, false, event.status == InboxStatus.PROCESSED);
        }

        /**
         * Makes place for a new event, as its window has ended. Removed rather than changed: of two nodes that both see it
         * ended, only one can insert the next.
         */
        private void remove(InboxKey key) {
            entities.createQuery("DELETE FROM InboxKey k WHERE k.id = :id AND k.eventId = :event")
                    .setParameter("id", key.id)
                    .setParameter("event", key.eventId)
                    .executeUpdate();
        }

        private void countDuplicate(String eventId) {
            InboxEvent justCome = events.get(eventId);
            if (justCome != null) {
                justCome.duplicates++;
            } else {
                duplicates.merge(eventId, 1, Integer::sum);
            }
        }

        private void addDuplicates(String eventId, int more) {
            entities.createQuery("UPDATE InboxEvent e SET e.duplicates = e.duplicates + :more WHERE e.id = :id")
                    .setParameter("more", more)
                    .setParameter("id", eventId)
                    .executeUpdate();
        }

        private InboxEvent event(Arrival arrival, Optional<String> line) {
            InboxEvent event = new InboxEvent();
            event.id = ids.next(InboxEvent.ID_PREFIX);
            event.comesFrom(arrival.source());
            event.externalId = arrival.externalId().orElse(null);
            event.eventType = arrival.eventType();
            event.occurredAt = arrival.occurredAt().orElse(null);
            event.receivedAt = now;
            event.headers = StoredHeaders.toJson(
                    arrival.headers(), arrival.source().verifier().secretHeaders());
            event.body = arrival.body();
            event.line = line.orElse(null);
            if (event.line == null && !isObserved(event)) {
                event.markUnhandled();
            } else {
                boolean first = event.line == null || lines.join(event.id, event.line);
                event.dueAt = first ? now : null;
            }
            return event;
        }

        private boolean isObserved(InboxEvent event) {
            Annotation[] qualifiers = observers.qualifiers(event.eventType, event.sourceNameOnArrival());
            return !observers.of(event.organizationId, qualifiers).isEmpty();
        }

        /**
         * Not in another order: dispatches and places refer to events. And what others may write as well is always in the
         * same order, so that of two who bring the same events one waits for the other, and not both.
         */
        private void write() {
            rows.insert(InboxEvent.INSERTION, List.copyOf(events.values()));
            duplicates.forEach(this::addDuplicates);
            endedKeys.sort(KEY_ORDER);
            endedKeys.forEach(this::remove);
            newKeys.sort(KEY_ORDER);
            rows.insert(InboxKey.INSERTION, newKeys);
            rows.insert(
                    DispatchRecord.INSERTION,
                    events.values().stream()
                            .filter(event -> event.status == InboxStatus.PROCESSED)
                            .map(DispatchRecord::ofNobody)
                            .toList());
            lines.write();
        }
    }
}
