package io.posthorn.delivery;

import io.posthorn.config.MapConfig;
import io.posthorn.config.Settings;
import io.posthorn.endpoint.TlsIdentity;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The client as it is, but for the name server that it asks; whatever is sent may go to this machine. */
final class ClientInTest implements AutoCloseable {

    private final NamesInTest names;
    private final HttpClients clients = new HttpClients();
    private final WebhookClient client = new WebhookClient();
    private final FirstTry attempts = new FirstTry();

    /** @param settings name, value, name, value … */
    ClientInTest(NamesInTest names, String... settings) {
        this.names = names;
        Config config = MapConfig.of(
                Stream.concat(Stream.of("posthorn.delivery.allowed-subnets", "127.0.0.0/8,::1"), Stream.of(settings))
                        .toArray(String[]::new));
        client.settings = Settings.from(MapConfig.inMemory(config));
        client.clients = clients;
        clients.settings = client.settings;
        clients.threads = new PlainThreads();
        clients.names = names;
        clients.open();
        attempts.settings = client.settings;
        attempts.client = new AuthorizedClient();
        attempts.client.client = client;
        attempts.sender = new SecondTry();
        attempts.sender.client = attempts.client;
    }

    CompletableFuture<EndpointResponse> post(String url) {
        EndpointRequest request = request(url);
        // As the engine does.
        return attempts.send(request, Runnable::run)
                .whenComplete((response, error) -> request.abort())
                .toCompletableFuture();
    }

    static EndpointRequest request(String url) {
        return new EndpointRequest(
                URI.create(url), Map.of(), new byte[] {'{', '}'}, TlsIdentity.NONE, Optional.empty());
    }

    @Override
    public void close() {
        names.end();
        clients.close();
    }

    /** What the annotations do on a server. */
    private static final class SecondTry extends WebhookSender {

        @Override
        public CompletionStage<EndpointResponse> send(FirstTry.Again again) {
            return again.send(client).exceptionallyCompose(fault -> again.send(client));
        }
    }

    /** What a server has, without one. */
    private static final class PlainThreads implements ManagedThreadFactory {

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            throw new UnsupportedOperationException();
        }
    }
}
