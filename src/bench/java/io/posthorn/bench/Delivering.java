package io.posthorn.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.io.CloseMode;

/** Recorded deliveries per second of a backlog, against the posts per second of the bare client to the same sink. */
final class Delivering {

    private static final String TEXT = "x".repeat(900);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Installation installation;

    Delivering(Installation installation) {
        this.installation = installation;
    }

    double bareClient(int posts) {
        URI uri = URI.create("http://127.0.0.1:" + installation.sink.port() + "/bare");
        String body = "{\"text\":\"" + TEXT + "\"}";
        try (CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(Installation.IN_FLIGHT)
                        .setMaxConnPerRoute(Installation.IN_FLIGHT)
                        .build())
                .build()) {
            client.start();
            Semaphore slots = new Semaphore(Installation.IN_FLIGHT);
            long started = System.nanoTime();
            for (int i = 0; i < posts; i++) {
                slots.acquireUninterruptibly();
                SimpleHttpRequest request = SimpleRequestBuilder.post(uri)
                        .setBody(body, ContentType.APPLICATION_JSON)
                        .build();
                client.execute(request, new Release(slots));
            }
            slots.acquireUninterruptibly(Installation.IN_FLIGHT);
            double seconds = (System.nanoTime() - started) / 1e9;
            client.close(CloseMode.GRACEFUL);
            return posts / seconds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Release(Semaphore slots) implements FutureCallback<SimpleHttpResponse> {
        @Override
        public void completed(SimpleHttpResponse response) {
            slots.release();
        }

        @Override
        public void failed(Exception e) {
            throw new IllegalStateException(e);
        }

        @Override
        public void cancelled() {
            slots.release();
        }
    }

    /** Lays a backlog down in one statement, and waits until all of it is recorded as delivered. */
    double backlog(String name, int deliveries) {
        installation.application(name, Installation.ENDPOINTS, "/ok");
        long sentBefore = installation.sink.requests();
        lay(name, deliveries);
        await().atMost(LIMIT)
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> installation.sink.requests() > sentBefore);
        long started = System.nanoTime();
        await().atMost(LIMIT)
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(() -> installation.sink.requests() >= sentBefore + deliveries);
        await().atMost(LIMIT).pollInterval(20, TimeUnit.MILLISECONDS).until(() -> pending(name) == 0);
        double seconds = (System.nanoTime() - started) / 1e9;
        installation.removeApplication(name);
        return deliveries / seconds;
    }

    private void lay(String name, int deliveries) {
        installation.database.execute("WITH app AS (SELECT id, org_id FROM posthorn_application WHERE uid = '" + name
                + "'), message AS (INSERT INTO posthorn_message (id, org_id, app_id, event_type, payload, created_at,"
                + " payload_expires_at) SELECT 'msg_" + name + "' || n, app.org_id, app.id, 'bench', '{\"text\":\""
                + TEXT + "\"}', now(), now() + interval '90 days' FROM app, generate_series(1, "
                + deliveries / Installation.ENDPOINTS
                + ") n RETURNING id, org_id, app_id) INSERT INTO posthorn_delivery (id, org_id, message_id,"
                + " endpoint_id, status, attempts, due_at, created_at, updated_at)"
                + " SELECT 'dlv_' || message.id || e.id, message.org_id, message.id, e.id, 'PENDING', 0, now(), now(),"
                + " now() FROM message JOIN posthorn_endpoint e ON e.app_id = message.app_id");
    }

    private long pending(String name) {
        return installation.database.number("SELECT count(*) FROM posthorn_delivery d JOIN posthorn_endpoint e"
                + " ON e.id = d.endpoint_id JOIN posthorn_application a ON a.id = e.app_id WHERE a.uid = '" + name
                + "' AND d.status = 'PENDING'");
    }
}
