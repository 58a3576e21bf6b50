package io.posthorn.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.posthorn.config.DeliverySettings;
import io.posthorn.config.ProxySettings;
import io.posthorn.config.ProxySettings.Kind;
import io.posthorn.config.Settings;
import io.posthorn.rest.Version;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The non-blocking HTTP client: no redirects, no cookies, no retries of its own, no decompression. */
@ApplicationScoped
class WebhookClient {

    private static final ContentType JSON = ContentType.create("application/json");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");
    private static final int MAX_HEADERS = 200;
    private static final int MAX_HEADER_LINE = 32_768;
    /** Servers tend to close idle connections; one that has idled this long is checked before it is used. */
    private static final TimeValue VALIDATE_AFTER = TimeValue.ofSeconds(1);

    @Inject
    Settings settings;

    private CloseableHttpAsyncClient direct;
    private CloseableHttpAsyncClient proxied;

    @PostConstruct
    void open() {
        direct = client(new AddressGuard(settings.delivery().allowedSubnets()), Optional.empty());
        proxied = settings.delivery()
                .proxy()
                .map(proxy -> client(dnsOf(proxy), Optional.of(proxy)))
                .orElse(direct);
    }

    /** An HTTP proxy looks up the endpoint's host itself; the proxy's own address is the operator's choice. */
    private DnsResolver dnsOf(ProxySettings proxy) {
        return proxy.kind() == Kind.HTTP
                ? SystemDefaultDnsResolver.INSTANCE
                : new AddressGuard(settings.delivery().allowedSubnets());
    }

    private CloseableHttpAsyncClient client(DnsResolver dns, Optional<ProxySettings> proxy) {
        DeliverySettings delivery = settings.delivery();
        Timeout timeout = Timeout.of(delivery.timeout());
        PoolingAsyncClientConnectionManager connections = PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(dns)
                .setMaxConnTotal(delivery.maxInFlight())
                .setMaxConnPerRoute(delivery.maxInFlight())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setValidateAfterInactivity(VALIDATE_AFTER)
                        .build())
                .build();
        HttpAsyncClientBuilder builder = HttpAsyncClients.custom()
                .setConnectionManager(connections)
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
        proxy.ifPresent(through -> route(builder, through));
        CloseableHttpAsyncClient client = builder.build();
        client.start();
        return client;
    }

    private static void route(HttpAsyncClientBuilder builder, ProxySettings proxy) {
        if (proxy.kind() == Kind.HTTP) {
            builder.setProxy(new HttpHost(proxy.host(), proxy.port()));
        } else {
            builder.setIOReactorConfig(IOReactorConfig.custom()
                    .setSocksProxyAddress(new InetSocketAddress(proxy.host(), proxy.port()))
                    .build());
        }
    }

    /** A proxy looks up names and judges them; an address that stands in the URL is judged here. */
    private void checkAddressFor(CloseableHttpAsyncClient client, SignedRequest request) throws UnknownHostException {
        String host = request.url().getHost();
        if (client != direct && ADDRESS.matcher(host).matches()) {
            new AddressGuard(settings.delivery().allowedSubnets()).resolve(host);
        }
    }

    private CloseableHttpAsyncClient clientFor(SignedRequest request) {
        boolean through = settings.delivery()
                .proxy()
                .filter(proxy -> proxy.isFor(request.url().getHost()))
                .isPresent();
        return through ? proxied : direct;
    }

    /** @return completes with the answer, or with a {@link TransportFault} or another exception that says why there is none */
    CompletionStage<EndpointResponse> send(SignedRequest request) {
        CloseableHttpAsyncClient client = clientFor(request);
        try {
            checkAddressFor(client, request);
        } catch (UnknownHostException blocked) {
            return CompletableFuture.failedFuture(blocked);
        }
        CompletableFuture<EndpointResponse> answer = new CompletableFuture<>();
        BoundedResponseConsumer consumer = new BoundedResponseConsumer(full -> {
            answer.complete(full);
            request.abort();
        });
        Future<EndpointResponse> exchange = client.execute(producer(request), consumer, new FutureCallback<>() {
            @Override
            public void completed(EndpointResponse response) {
                answer.complete(response);
            }

            @Override
            public void failed(Exception e) {
                answer.completeExceptionally(isUnseen(e) ? new TransportFault(e) : e);
            }

            @Override
            public void cancelled() {
                answer.completeExceptionally(new CancellationException("aborted"));
            }
        });
        request.startedAs(exchange);
        // The client's own limits end at silence; this one also ends an answer that never does. Not every server lets
        // @Timeout run on until the stage completes.
        return answer.orTimeout(settings.delivery().timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static AsyncRequestProducer producer(SignedRequest request) {
        AsyncRequestBuilder builder = AsyncRequestBuilder.post(request.url()).setEntity(request.body(), JSON);
        request.headers().forEach(builder::addHeader);
        return builder.build();
    }

    /** No connection, or one that the server had closed before it read the request. */
    private static boolean isUnseen(Exception e) {
        return e instanceof ConnectException
                || e instanceof RequestNotExecutedException
                || e instanceof NoHttpResponseException;
    }

    @PreDestroy
    void close() {
        direct.close(CloseMode.IMMEDIATE);
        proxied.close(CloseMode.IMMEDIATE);
    }
}
