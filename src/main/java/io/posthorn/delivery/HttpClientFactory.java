package io.posthorn.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.posthorn.config.DeliverySettings;
import io.posthorn.config.ProxySettings;
import io.posthorn.config.ProxySettings.Kind;
import io.posthorn.endpoint.TlsIdentity;
import io.posthorn.rest.Version;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Makes non-blocking HTTP clients: no redirects, no cookies, no retries of their own, no decompression. */
final class HttpClientFactory {

    private static final int MAX_HEADERS = 200;
    private static final int MAX_HEADER_LINE = 32_768;
    /** Servers tend to close idle connections; one that has idled this long is checked before it is used. */
    private static final TimeValue VALIDATE_AFTER = TimeValue.ofSeconds(1);

    private final DeliverySettings settings;
    private final NameLookups endpoints;
    private final NameLookups proxies;

    /** @param lookups runs what waits for the name server */
    HttpClientFactory(DeliverySettings settings, DnsResolver names, Executor lookups) {
        this.settings = settings;
        endpoints = new NameLookups(new AddressGuard(settings.allowedSubnets(), names), lookups);
        proxies = new NameLookups(names, lookups);
    }

    /** A started client. */
    CloseableHttpAsyncClient client(TlsIdentity tls, Optional<ProxySettings> proxy) {
        Timeout timeout = Timeout.of(settings.timeout());
        IOReactorConfig.Builder reactor = IOReactorConfig.custom().setSelectInterval(tick(timeout));
        if (!tls.equals(TlsIdentity.NONE)) {
            // There may be many of these, each for an endpoint or a few.
            reactor.setIoThreadCount(1);
        }
        HttpAsyncClientBuilder builder = HttpAsyncClients.custom()
                .setConnectionManager(connections(tls, proxy, timeout))
                .setCharCodingConfig(
                        CharCodingConfig.custom().setCharset(ISO_8859_1).build())
                .setHttp1Config(Http1Config.custom()
                        .setMaxHeaderCount(MAX_HEADERS)
                        .setMaxLineLength(MAX_HEADER_LINE)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .setUserAgent("Posthorn/" + Version.CURRENT)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictIdleConnections(TimeValue.ofMinutes(1));
        proxy.ifPresent(through -> {
            if (through.kind() == Kind.HTTP) {
                builder.setProxy(new HttpHost(through.host(), through.port()));
            } else {
                reactor.setSocksProxyAddress(new InetSocketAddress(through.host(), through.port()));
            }
        });
        CloseableHttpAsyncClient client =
                builder.setIOReactorConfig(reactor.build()).build();
        client.start();
        return client;
    }

    private AsyncClientConnectionManager connections(TlsIdentity tls, Optional<ProxySettings> proxy, Timeout timeout) {
        NameLookups lookups = lookups(proxy);
        PoolingAsyncClientConnectionManagerBuilder builder = new PoolingAsyncClientConnectionManagerBuilder() {
            @Override
            protected AsyncClientConnectionOperator createConnectionOperator(
                    TlsStrategy strategy, SchemePortResolver ports, DnsResolver unused) {
                return new HostConnections(lookups, found -> super.createConnectionOperator(strategy, ports, found));
            }
        };
        return builder.setTlsStrategy(ClientTlsStrategyBuilder.create()
                        .setSslContext(TlsContext.of(tls, settings.authorities()))
                        .buildAsync())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(timeout).build())
                .setMaxConnTotal(settings.maxInFlight())
                .setMaxConnPerRoute(settings.maxInFlight())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setValidateAfterInactivity(VALIDATE_AFTER)
                        .build())
                .build();
    }

    /** How often the client looks for connections that are not made in time; a second is its own choice. */
    private static TimeValue tick(Timeout timeout) {
        return TimeValue.ofMilliseconds(Math.max(1, Math.min(1000, timeout.toMilliseconds() / 10)));
    }

    /** An HTTP proxy looks up the endpoint's host itself; the proxy's own address is the operator's choice. */
    private NameLookups lookups(Optional<ProxySettings> proxy) {
        return proxy.filter(through -> through.kind() == Kind.HTTP).isPresent() ? proxies : endpoints;
    }
}
