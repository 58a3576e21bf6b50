package io.posthorn.delivery;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.concurrent.FutureContribution;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.Deadline;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connects to hosts once {@link NameLookups} has found their addresses. Left to itself, the client looks a host up on the
 * thread that sends the request, and whatever is to be sent after it waits.
 */
final class HostConnections implements AsyncClientConnectionOperator {

    private final NameLookups lookups;
    private final Function<DnsResolver, AsyncClientConnectionOperator> connectors;

    /** @param connectors make what connects to the addresses that a resolver names */
    HostConnections(NameLookups lookups, Function<DnsResolver, AsyncClientConnectionOperator> connectors) {
        this.lookups = lookups;
        this.connectors = connectors;
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator initiator,
            HttpHost host,
            @Nullable Path socket,
            @Nullable NamedEndpoint name,
            @Nullable SocketAddress local,
            Timeout timeout,
            @Nullable Object attachment,
            @Nullable HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        ComplexFuture<ManagedAsyncClientConnection> connection = new ComplexFuture<>(callback);
        Deadline deadline = Deadline.calculate(timeout);
        // The client does not pass a cancellation on to a connection in the making, and its place in the pool is free
        // again only once it has failed.
        lookups.lookUp(host.getHostName())
                .copy()
                .orTimeout(timeout.toMilliseconds(), TimeUnit.MILLISECONDS)
                .whenComplete((addresses, error) -> {
                    if (error != null) {
                        connection.failed(cause(error));
                    } else if (!connection.isDone()) {
                        connection.setDependency(connectors
                                .apply(new Found(addresses))
                                .connect(
                                        initiator,
                                        host,
                                        socket,
                                        name,
                                        local,
                                        share(deadline, addresses.size()),
                                        attachment,
                                        context,
                                        new FutureContribution<>(connection) {
                                            @Override
                                            public void completed(ManagedAsyncClientConnection connected) {
                                                connection.completed(connected);
                                            }
                                        }));
                    }
                });
        return connection;
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator initiator,
            HttpHost host,
            @Nullable SocketAddress local,
            Timeout timeout,
            @Nullable Object attachment,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        return connect(initiator, host, null, null, local, timeout, attachment, null, callback);
    }

    @Override
    public void upgrade(ManagedAsyncClientConnection connection, HttpHost host, @Nullable Object attachment) {
        upgrade(connection, host, null, attachment, null, null);
    }

    @Override
    public void upgrade(
            ManagedAsyncClientConnection connection,
            HttpHost host,
            @Nullable NamedEndpoint name,
            @Nullable Object attachment,
            @Nullable HttpContext context,
            @Nullable FutureCallback<ManagedAsyncClientConnection> callback) {
        connectors.apply(new Found(List.of())).upgrade(connection, host, name, attachment, context, callback);
    }

    /** What each address has, so that one which never answers leaves time for the next; none at all would mean for ever. */
    private static Timeout share(Deadline deadline, int addresses) {
        return Timeout.ofMilliseconds(Math.max(1, deadline.remaining() / Math.max(1, addresses)));
    }

    private static Exception cause(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof Exception e ? e : new IllegalStateException(cause);
    }

    /** The addresses of the host that is connected to. */
    private record Found(List<InetAddress> addresses) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) {
            return addresses.toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
