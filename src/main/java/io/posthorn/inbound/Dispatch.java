package io.posthorn.inbound;

import io.posthorn.work.Claimed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A dispatch that is under way, and what the observers have made of it so far. Asynchronous observers come to it on other
 * threads, which begin when everything but their calls has been said.
 */
final class Dispatch {

    private final Claimed claimed;
    private final Clock clock;
    private final Instant startedAt;
    private final List<ObserverCall> calls = new CopyOnWriteArrayList<>();

    private boolean begun;
    private boolean processed;
    private @Nullable String line;
    private int replay;
    private int number;
    private int recorded;
    private Set<String> done = Set.of();

    /** @param claimed the event */
    Dispatch(Claimed claimed, Clock clock) {
        this.claimed = claimed;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /**
     * Tells what came before it.
     *
     * @param done asynchronous observers that are not to be called again
     */
    void begin(InboxEvent row, Set<String> done) {
        this.line = row.line;
        this.replay = row.replays;
        this.number = row.dispatches + 1;
        this.processed = row.status == InboxStatus.PROCESSED;
        this.done = done;
        this.begun = true;
    }

    /** Calls an observer; what it throws is noted and thrown on. */
    void call(String observer, ObserverPhase phase, Runnable notification) {
        if (phase == ObserverPhase.ASYNCHRONOUS && done.contains(observer)) {
            return;
        }
        Instant start = clock.instant();
        Optional<String> error = Optional.empty();
        try {
            notification.run();
        } catch (Throwable e) {
            error = Optional.of(ErrorText.of(e));
            throw e;
        } finally {
            calls.add(new ObserverCall(observer, phase, Duration.between(start, clock.instant()), error));
        }
    }

    /** The transaction has committed. */
    void committed() {
        processed = true;
    }

    /** Whether the transaction has committed, now or in a dispatch before. */
    boolean isProcessed() {
        return processed;
    }

    /** Whether the event could be read at all. */
    boolean hasBegun() {
        return begun;
    }

    String eventId() {
        return claimed.id();
    }

    Claimed claimed() {
        return claimed;
    }

    /** What the event stands in until it is done, where its source keeps an order. */
    Optional<String> line() {
        return Optional.ofNullable(line);
    }

    /** How often the event had been replayed before. */
    int replay() {
        return replay;
    }

    /** From 1, and again from 1 after each replay. */
    int number() {
        return number;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** So far. */
    Duration duration() {
        return Duration.between(startedAt, clock.instant());
    }

    /** So far, in the order in which they ended. */
    List<ObserverCall> calls() {
        return List.copyOf(calls);
    }

    /** What the first observer that failed has thrown. */
    Optional<String> firstError() {
        return calls.stream().flatMap(call -> call.error().stream()).findFirst();
    }

    /** What has happened so far is in the history. */
    void recorded() {
        recorded = calls.size();
    }

    boolean isRecorded() {
        return recorded == calls.size();
    }
}
