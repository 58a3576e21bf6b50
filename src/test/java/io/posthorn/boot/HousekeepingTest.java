package io.posthorn.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.access.ExpiredTokens;
import io.posthorn.delivery.Retention;
import io.posthorn.inbound.InboxRetention;
import io.posthorn.rest.IdempotencyKeys;
import io.posthorn.rest.SharedRateLimiter;
import io.posthorn.task.FinishedTasks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

    private final List<String> swept = new ArrayList<>();
    private final Housekeeping housekeeping = new Housekeeping();

    HousekeepingTest() {
        housekeeping.keys = new IdempotencyKeys() {
            @Override
            public boolean removeExpired() {
                return sweep("idempotency keys");
            }
        };
        housekeeping.rates = new SharedRateLimiter() {
            @Override
            public boolean removeFull() {
                return sweep("rates");
            }
        };
        housekeeping.retention = new Retention() {
            @Override
            public boolean expungePayloads() {
                return sweep("payloads");
            }

            @Override
            public boolean removeAttempts() {
                throw new IllegalStateException("The database is away for a moment");
            }

            @Override
            public boolean removeMessages() {
                return sweep("messages");
            }
        };
        housekeeping.inbox = new InboxRetention() {
            @Override
            public boolean removeEvents() {
                return sweep("events");
            }

            @Override
            public boolean removeKeys() {
                return sweep("inbox keys");
            }
        };
        housekeeping.finishedTasks = new FinishedTasks() {
            @Override
            public boolean removeOld() {
                return sweep("tasks");
            }
        };
        housekeeping.tokens = new ExpiredTokens() {
            @Override
            public boolean removeOld() {
                return sweep("tokens");
            }

            @Override
            public boolean forgetRevoked() {
                return sweep("revoked tokens");
            }
        };
    }

    @Test
    void aSweepThatFailsKeepsNoOtherFromItsTurn() {
        housekeeping.sweep();

        assertThat(swept)
                .containsExactly(
                        "idempotency keys",
                        "rates",
                        "payloads",
                        "messages",
                        "events",
                        "inbox keys",
                        "tasks",
                        "tokens",
                        "revoked tokens");
    }

    private boolean sweep(String what) {
        swept.add(what);
        return false;
    }
}
