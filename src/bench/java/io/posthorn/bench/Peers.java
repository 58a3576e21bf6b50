package io.posthorn.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.Instantiator;
import com.gruelbox.transactionoutbox.Persistor;
import com.gruelbox.transactionoutbox.Submitter;
import com.gruelbox.transactionoutbox.TransactionManager;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The same deliveries through two libraries that a Java application would otherwise use: each in the fastest way that it
 * documents, with as many threads as Posthorn has requests in flight, the same client and the same PostgreSQL.
 */
final class Peers implements Measurement {

    private static final String DB_SCHEDULER = "deliveries/s by db-scheduler";
    private static final String TRANSACTION_OUTBOX = "deliveries/s by transaction-outbox";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** It writes two lines for each entry, which would take their time. */
    private static final Logger OUTBOX_LOG = Logger.getLogger("com.gruelbox.transactionoutbox");

    private final Installation installation;
    private final int deliveries;

    Peers(Installation installation, int deliveries) {
        this.installation = installation;
        this.deliveries = deliveries;
        OUTBOX_LOG.setLevel(Level.WARNING);
    }

    /** What transaction-outbox calls. */
    interface Poster {
        void post(String body);
    }

    @Override
    public String name() {
        return "peers";
    }

    @Override
    public void measure(Figures into) {
        try (HikariDataSource pool = pool();
                BareClient client = new BareClient(installation.sink)) {
            into.add(DB_SCHEDULER, dbScheduler(pool, client));
            into.add(TRANSACTION_OUTBOX, transactionOutbox(pool, client));
        }
    }

    @Override
    public void addRatios(Figures figures) {
        figures.ratio("against db-scheduler", Delivering.DELIVERED, DB_SCHEDULER);
        figures.ratio("against transaction-outbox", Delivering.DELIVERED, TRANSACTION_OUTBOX);
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(installation.database.dataSource());
        config.setMaximumPoolSize(Installation.IN_FLIGHT);
        return new HikariDataSource(config);
    }

    private double dbScheduler(HikariDataSource pool, BareClient client) {
        installation.database.execute("DROP TABLE IF EXISTS scheduled_tasks; CREATE TABLE scheduled_tasks ("
                + "task_name TEXT NOT NULL, task_instance TEXT NOT NULL, task_data BYTEA,"
                + " execution_time TIMESTAMP WITH TIME ZONE NOT NULL, picked BOOLEAN NOT NULL, picked_by TEXT,"
                + " last_success TIMESTAMP WITH TIME ZONE, last_failure TIMESTAMP WITH TIME ZONE,"
                + " consecutive_failures INT, last_heartbeat TIMESTAMP WITH TIME ZONE, version BIGINT NOT NULL,"
                + " priority SMALLINT, PRIMARY KEY (task_name, task_instance));"
                + " CREATE INDEX scheduled_tasks_execution ON scheduled_tasks (execution_time);"
                + " CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat)");
        OneTimeTask<String> post =
                Tasks.oneTime("post", String.class).execute((task, context) -> client.postAndWait(task.getData()));
        Scheduler scheduler = Scheduler.create(pool, post)
                .threads(Installation.IN_FLIGHT)
                .pollUsingLockAndFetch(0.5, 4)
                .pollingInterval(Duration.ofMillis(50))
                .serializer(new TextSerializer())
                .build();
        List<TaskInstance<?>> batch = new ArrayList<>();
        for (int i = 0; i < deliveries; i++) {
            batch.add(post.instance(Integer.toString(i), Delivering.PAYLOAD));
        }
        scheduler.scheduleBatch(batch, Instant.now());
        long started = System.nanoTime();
        scheduler.start();
        awaitEmpty("scheduled_tasks");
        double rate = perSecond(started);
        scheduler.stop();
        return rate;
    }

    /** Its data as it is, not as a serialized object. */
    private static final class TextSerializer implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return data.toString().getBytes(UTF_8);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return type.cast(new String(data, UTF_8));
        }
    }

    private double transactionOutbox(HikariDataSource pool, BareClient client) {
        ExecutorService threads = Executors.newFixedThreadPool(Installation.IN_FLIGHT);
        try {
            TransactionManager transactions = TransactionManager.fromDataSource(pool);
            Poster poster = client::postAndWait;
            TransactionOutbox outbox = TransactionOutbox.builder()
                    .transactionManager(transactions)
                    .persistor(Persistor.forDialect(Dialect.POSTGRESQL_9))
                    .instantiator(Instantiator.using(type -> poster))
                    .submitter(Submitter.withExecutor(threads))
                    .build();
            transactions.inTransaction(() -> {
                for (int i = 0; i < deliveries; i++) {
                    outbox.schedule(Poster.class).post(Delivering.PAYLOAD);
                }
            });
            // From the commit on; it has been told of each entry by then and looks for none.
            long started = System.nanoTime();
            awaitEmpty("txno_outbox");
            return perSecond(started);
        } finally {
            threads.shutdown();
        }
    }

    private void awaitEmpty(String table) {
        await().atMost(LIMIT)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> installation.database.number("SELECT count(*) FROM " + table) == 0);
    }

    private double perSecond(long started) {
        return deliveries / ((System.nanoTime() - started) / 1e9);
    }
}
