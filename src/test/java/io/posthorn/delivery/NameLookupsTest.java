package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class NameLookupsTest {

    private final NamesInTest names = new NamesInTest();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final NameLookups lookups = new NameLookups(names, waiting::add);

    @Test
    void allWhoWantAHostWaitForOneLookup() {
        names.put("one.example", "8.8.8.8");

        List<CompletableFuture<List<InetAddress>>> answers =
                List.of(lookups.lookUp("one.example"), lookups.lookUp("one.example"), lookups.lookUp("one.example"));

        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(addresses("8.8.8.8")));
    }

    @Test
    void hostsAreLookedUpSideBySide() {
        lookups.lookUp("one.example");
        lookups.lookUp("two.example");

        assertThat(waiting).hasSize(2);
    }

    @Test
    void anAnswerIsNotKept() {
        names.put("one.example", "8.8.8.8");
        lookups.lookUp("one.example");
        waiting.remove().run();
        names.put("one.example", "9.9.9.9");

        CompletableFuture<List<InetAddress>> again = lookups.lookUp("one.example");
        waiting.remove().run();

        assertThat(again).isCompletedWithValue(addresses("9.9.9.9"));
    }

    @Test
    void aFailureIsToldAndNotKept() {
        CompletableFuture<List<InetAddress>> failed = lookups.lookUp("one.example");
        waiting.remove().run();
        names.put("one.example", "8.8.8.8");
        CompletableFuture<List<InetAddress>> again = lookups.lookUp("one.example");
        waiting.remove().run();

        assertThat(failed)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(UnknownHostException.class);
        assertThat(again).isCompletedWithValue(addresses("8.8.8.8"));
    }

    @Test
    void aHostThatIsOneTooManyFailsAtOnceAndMayBeLookedUpLater() {
        names.put("one.example", "8.8.8.8");
        AtomicBoolean full = new AtomicBoolean(true);
        NameLookups bounded = new NameLookups(names, lookup -> {
            if (full.get()) {
                throw new RejectedExecutionException();
            }
            lookup.run();
        });

        assertThat(bounded.lookUp("one.example"))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(UnknownHostException.class);
        full.set(false);
        assertThat(bounded.lookUp("one.example")).isCompletedWithValue(addresses("8.8.8.8"));
    }

    @Test
    void anAddressWaitsForNobody() {
        names.put("127.0.0.1", "127.0.0.1");

        assertThat(lookups.lookUp("127.0.0.1")).isCompletedWithValue(addresses("127.0.0.1"));
        assertThat(waiting).isEmpty();
    }

    private static List<InetAddress> addresses(String... texts) {
        return List.of(NamesInTest.addresses(texts));
    }
}
