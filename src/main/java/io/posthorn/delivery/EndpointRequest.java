package io.posthorn.delivery;

import io.posthorn.endpoint.TlsIdentity;
import io.posthorn.endpoint.WebHost;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What one attempt sends. */
final class EndpointRequest {

    private final URI url;
    private final Map<String, String> headers;
    private final byte[] body;
    private final TlsIdentity tls;
    private final Optional<TokenGrant> grant;
    private final Exchange exchange;

    /** @param grant how to come by the token that goes with the request; empty if none does */
    EndpointRequest(URI url, Map<String, String> headers, byte[] body, TlsIdentity tls, Optional<TokenGrant> grant) {
        this(url, headers, body, tls, grant, new Exchange());
    }

    private EndpointRequest(
            URI url,
            Map<String, String> headers,
            byte[] body,
            TlsIdentity tls,
            Optional<TokenGrant> grant,
            Exchange exchange) {
        this.url = url;
        this.headers = headers;
        this.body = body;
        this.tls = tls;
        this.grant = grant;
        this.exchange = exchange;
    }

    /** The same request with a header more; aborting one aborts the other. */
    EndpointRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new EndpointRequest(url, more, body, tls, grant, exchange);
    }

    URI url() {
        return url;
    }

    String host() {
        return WebHost.of(url).orElseThrow();
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    TlsIdentity tls() {
        return tls;
    }

    Optional<TokenGrant> grant() {
        return grant;
    }

    void startedAs(Future<?> running) {
        exchange.start(running);
    }

    /** Closes the connection of what is on its way, whether or not an answer is. */
    void stop() {
        exchange.stop();
    }

    /** Ends the attempt: what is on its way is stopped, and nothing is sent after it. */
    void abort() {
        exchange.abort();
    }

    boolean isAborted() {
        return exchange.aborted;
    }

    private static final class Exchange {

        private volatile @Nullable Future<?> running;
        private volatile boolean aborted;

        private void start(Future<?> started) {
            running = started;
            if (aborted) {
                cancel(started);
            }
        }

        private void stop() {
            Future<?> last = running;
            if (last != null) {
                cancel(last);
            }
        }

        /** Not of what has ended: the client would close the connection all the same, and each delivery take a new one. */
        private static void cancel(Future<?> exchange) {
            if (!exchange.isDone()) {
                exchange.cancel(true);
            }
        }

        private void abort() {
            aborted = true;
            stop();
        }
    }
}
