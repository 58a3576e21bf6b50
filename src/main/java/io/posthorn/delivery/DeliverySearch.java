package io.posthorn.delivery;

import static java.lang.System.Logger.Level.DEBUG;

import io.posthorn.work.WorkInProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Finds the deliveries that may leave now. Of some this node knows the ids, since it was asked for them or has just stored
 * them; these are hints, and what is lost of them is found like all else that is due.
 */
final class DeliverySearch {

    private static final System.Logger LOG = System.getLogger(DeliverySearch.class.getName());

    private static final int MAX_HINTS = 1_000;

    private final DeliveryQueue queue;
    private final Admission admission;
    private final WorkInProgress inProgress;
    private final Consumer<DueDelivery> sender;
    private final BlockingQueue<String> askedFor = new ArrayBlockingQueue<>(MAX_HINTS);
    private final BlockingQueue<String> justStored = new ArrayBlockingQueue<>(MAX_HINTS);

    /** Whether there may be something due besides. */
    private final AtomicBoolean wanted = new AtomicBoolean();

    /** @param sender must not wait for the attempt */
    DeliverySearch(DeliveryQueue queue, Admission admission, WorkInProgress inProgress, Consumer<DueDelivery> sender) {
        this.queue = queue;
        this.admission = admission;
        this.inProgress = inProgress;
        this.sender = sender;
    }

    /** The next run looks for all that is due. */
    void wantAll() {
        wanted.set(true);
    }

    /** The next run begins with a delivery that somebody asked for by hand. Of very many, the last ones take their turns. */
    void askFor(String id) {
        if (!askedFor.offer(id)) {
            LOG.log(DEBUG, "Delivery {0} takes its turn: very many were asked for", id);
        }
        wantAll();
    }

    /** The next run need look for these alone, if nothing older waits. */
    void stored(List<String> ids) {
        if (!ids.stream().allMatch(justStored::offer)) {
            wantAll();
        }
    }

    /** Sends what may leave. One run at a time. */
    void run() {
        sendAskedFor();
        if (wanted.getAndSet(false) || queue.mayHaveLeft() || !sendJustStored()) {
            // All of them are among what is due; those that come from here on are not known to be.
            justStored.clear();
            sendDue();
        }
    }

    private void sendAskedFor() {
        List<String> ids = next(askedFor);
        if (!ids.isEmpty()) {
            admission.prepare();
            send(taken -> queue.claim(ids, admission::tryTakeSlotByHand, admission, taken));
        }
    }

    /** @return false if not all of them had room, so that from now on the oldest are to come first */
    private boolean sendJustStored() {
        List<String> ids = next(justStored);
        if (!ids.isEmpty()) {
            admission.prepare();
            send(taken -> queue.claim(ids, admission::tryTakeSlotForNew, admission, taken));
        }
        return justStored.isEmpty() && !admission.looksAgain();
    }

    private List<String> next(BlockingQueue<String> hints) {
        List<String> ids = new ArrayList<>();
        hints.drainTo(ids, admission.free());
        return ids;
    }

    private void sendDue() {
        boolean more = true;
        while (more) {
            if (admission.free() == 0) {
                return;
            }
            admission.prepare();
            int sent = send(taken -> queue.claim(admission, taken));
            more = admission.looksAgain() || (sent > 0 && queue.mayHaveLeft());
        }
    }

    private int send(Function<List<String>, List<DueDelivery>> claim) {
        List<DueDelivery> claimed = inProgress.claim(() -> claim(claim), DueDelivery::claimed);
        claimed.forEach(sender);
        return claimed.size();
    }

    private List<DueDelivery> claim(Function<List<String>, List<DueDelivery>> claim) {
        List<String> taken = new ArrayList<>();
        try {
            return claim.apply(taken);
        } catch (Exception e) {
            // Nothing was claimed; slots that stayed taken would in the end be all of them.
            taken.forEach(admission::giveBackSlot);
            throw e;
        }
    }
}
