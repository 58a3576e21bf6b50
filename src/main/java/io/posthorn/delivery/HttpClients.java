package io.posthorn.delivery;

import io.posthorn.config.ProxySettings;
import io.posthorn.config.Settings;
import io.posthorn.endpoint.TlsIdentity;
import io.posthorn.work.WorkerThreads;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * The HTTP clients, one for each TLS identity, so that no connection made with the certificate of one endpoint carries the
 * requests of another. Those of identities that have idled are closed when another request with one is made.
 */
@ApplicationScoped
class HttpClients {

    private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();
    /** More are open only while more are in use. */
    private static final int MAX_IDLE = 50;
    /** A lookup goes on after its attempt was given up: resolvers ask a silent name server for ten seconds to thirty. */
    private static final int LOOKUPS_OF_ATTEMPT = 3;

    @Inject
    Settings settings;

    @Resource
    ManagedThreadFactory threads;

    DnsResolver names = SystemDefaultDnsResolver.INSTANCE;

    /** In the order of their last use. */
    private final Map<Key, Lease> ofIdentities = new LinkedHashMap<>(16, 0.75f, true);

    private ExecutorService lookups;
    private HttpClientFactory factory;
    private Lease direct;
    private Lease proxied;

    /** What a client is for. */
    private record Key(TlsIdentity tls, boolean proxied) {}

    /** A client while a request is made with it. */
    static final class Lease {

        private final CloseableHttpAsyncClient client;
        private int requests;
        private long usedAt;

        private Lease(CloseableHttpAsyncClient client) {
            this.client = client;
        }

        CloseableHttpAsyncClient client() {
            return client;
        }
    }

    @PostConstruct
    void open() {
        lookups = WorkerThreads.waitingPool(
                threads, LOOKUPS_OF_ATTEMPT * settings.delivery().maxInFlight());
        factory = new HttpClientFactory(settings.delivery(), names, lookups);
        direct = new Lease(factory.client(TlsIdentity.NONE, Optional.empty()));
        proxied = proxy().map(proxy -> new Lease(factory.client(TlsIdentity.NONE, Optional.of(proxy))))
                .orElse(direct);
    }

    /** @param throughProxy whether the request goes through the proxy, which there is then */
    Lease lease(TlsIdentity tls, boolean throughProxy) {
        if (tls.equals(TlsIdentity.NONE)) {
            return throughProxy ? proxied : direct;
        }
        List<Lease> closing;
        Lease lease;
        synchronized (ofIdentities) {
            closing = takeIdle();
            lease = ofIdentities.computeIfAbsent(
                    new Key(tls, throughProxy),
                    key -> new Lease(factory.client(tls, throughProxy ? proxy() : Optional.empty())));
            lease.requests++;
        }
        closing.forEach(HttpClients::close);
        return lease;
    }

    void release(Lease lease) {
        if (lease == direct || lease == proxied) {
            return;
        }
        synchronized (ofIdentities) {
            lease.requests--;
            lease.usedAt = System.nanoTime();
        }
    }

    /** Those that have idled for long and, while there are too many, those that have idled longest. */
    private List<Lease> takeIdle() {
        List<Lease> idle = new ArrayList<>();
        long now = System.nanoTime();
        for (Iterator<Lease> leases = ofIdentities.values().iterator(); leases.hasNext(); ) {
            Lease lease = leases.next();
            boolean over = now - lease.usedAt > IDLE_NANOS || ofIdentities.size() > MAX_IDLE;
            if (lease.requests == 0 && over) {
                leases.remove();
                idle.add(lease);
            }
        }
        return idle;
    }

    private Optional<ProxySettings> proxy() {
        return settings.delivery().proxy();
    }

    private static void close(Lease lease) {
        lease.client.close(CloseMode.IMMEDIATE);
    }

    @PreDestroy
    void close() {
        synchronized (ofIdentities) {
            ofIdentities.values().forEach(HttpClients::close);
        }
        close(direct);
        close(proxied);
        lookups.shutdown();
    }
}
