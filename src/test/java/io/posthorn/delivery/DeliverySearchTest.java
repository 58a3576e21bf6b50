package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.MapConfig;
import io.posthorn.config.Settings;
import io.posthorn.delivery.Throttles.Rates;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.rest.RateLimiter;
import io.posthorn.work.WorkInProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DeliverySearchTest {

    private static final int MAX_IN_FLIGHT = 3;
    private static final Duration LONG = Duration.ofHours(1);

    private final Throttles throttles =
            new Throttles((key, limit) -> new RateLimiter.Take(false, 0, LONG, LONG), System::nanoTime);
    private final Admission admission = new Admission(
            Settings.from(MapConfig.inMemory(
                            MapConfig.of("posthorn.delivery.max-in-flight", Integer.toString(MAX_IN_FLIGHT))))
                    .delivery(),
            throttles);
    private final DueRows rows = new DueRows();
    private final List<String> sent = new ArrayList<>();
    private final DeliverySearch search =
            new DeliverySearch(rows, admission, new WorkInProgress(), due -> sent.add(due.id()));

    /** The rows of the deliveries that are due, with their endpoints, oldest first. */
    private static final class DueRows extends DeliveryQueue {

        private final Map<String, String> due = new LinkedHashMap<>();
        private int searches;
        private boolean mayHaveLeft;

        @Override
        List<DueDelivery> claim(Admission admission, List<String> taken) {
            searches++;
            List<DueDelivery> claimed = claim(List.copyOf(due.keySet()), admission::tryTakeSlot, admission, taken);
            mayHaveLeft = !due.isEmpty();
            return claimed;
        }

        @Override
        List<DueDelivery> claim(List<String> ids, Predicate<String> admits, Admission admission, List<String> taken) {
            List<String> claimed = ids.stream()
                    .filter(id -> due.containsKey(id) && admits.test(due.get(id)) && taken.add(due.get(id)))
                    .toList();
            claimed.forEach(due::remove);
            return claimed.stream().map(DeliverySearchTest::delivery).toList();
        }

        @Override
        boolean mayHaveLeft() {
            return mayHaveLeft;
        }
    }

    @Test
    void whatWasJustStoredIsSentWithoutALookForWhatElseIsDue() {
        rows.due.put("older", "a");
        stored("new", "a");

        search.run();

        assertThat(sent).containsExactly("new");
        assertThat(rows.searches).isZero();
    }

    @Test
    void whatIsOlderComesFirstOnceItIsWanted() {
        rows.due.put("older", "a");
        stored("new", "a");
        search.wantAll();

        search.run();

        assertThat(sent).containsExactly("older", "new");
    }

    @Test
    void whileSomethingOlderMayBeLeftItIsLookedFor() {
        for (int i = 0; i <= MAX_IN_FLIGHT; i++) {
            rows.due.put("older" + i, "a");
        }
        search.wantAll();
        search.run();
        sent.clear();
        admission.giveBackSlot("a");
        stored("new", "a");

        search.run();

        assertThat(sent).containsExactly("older" + MAX_IN_FLIGHT);
    }

    @Test
    void whatThereIsNoRoomForIsNotForgotten() {
        for (int i = 0; i <= MAX_IN_FLIGHT; i++) {
            stored("new" + i, "a");
        }

        search.run();
        assertThat(sent).hasSize(MAX_IN_FLIGHT);

        admission.giveBackSlot("a");
        search.wantAll();
        search.run();
        assertThat(sent).containsExactly("new0", "new1", "new2", "new3");
    }

    @Test
    void whereThereIsARateWhatIsNewHasNoWayPastWhatWaitsForIt() {
        throttles.learn("slow", new Rates(1, "app", null));
        stored("new", "slow");

        search.run();

        assertThat(rows.searches).isPositive();
    }

    @Test
    void ofMoreThanAreRememberedTheOthersAreLookedFor() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            many.add("new" + i);
        }
        rows.due.put("new1999", "a");
        search.stored(many);

        search.run();

        assertThat(sent).containsExactly("new1999");
    }

    @Test
    void whatSomebodyAskedForComesBeforeAllElse() {
        rows.due.put("older", "a");
        rows.due.put("wanted", "a");
        search.askFor("wanted");

        search.run();

        assertThat(sent).containsExactly("wanted", "older");
    }

    private void stored(String id, String endpoint) {
        rows.due.put(id, endpoint);
        search.stored(List.of(id));
    }

    private static DueDelivery delivery(String id) {
        Delivery delivery = new Delivery();
        delivery.id = id;
        return new DueDelivery(delivery, new Message(), new Endpoint(), new Application(), "claim");
    }
}
