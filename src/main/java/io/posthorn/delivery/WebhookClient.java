package io.posthorn.delivery;

import io.posthorn.config.Settings;
import io.posthorn.delivery.HttpClients.Lease;
import io.posthorn.endpoint.WebHost;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;

/**
 * Sends requests over HTTP. The client's own limits end at silence: whoever sends also ends an answer that never does, by
 * aborting the request.
 */
@ApplicationScoped
class WebhookClient {

    private static final ContentType JSON = ContentType.create("application/json");

    @Inject
    Settings settings;

    @Inject
    HttpClients clients;

    /** @return completes with the answer, or with a {@link TransportFault} or another exception that says why there is none */
    CompletionStage<EndpointResponse> send(EndpointRequest request) {
        boolean throughProxy = isThroughProxy(request);
        if (request.isAborted()) {
            return CompletableFuture.failedFuture(aborted());
        }
        try {
            if (throughProxy) {
                checkAddress(request);
            }
            return send(request, clients.lease(request.tls(), throughProxy));
        } catch (UnknownHostException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<EndpointResponse> send(EndpointRequest request, Lease lease) {
        CompletableFuture<EndpointResponse> answer = new CompletableFuture<>();
        answer.whenComplete((response, error) -> clients.release(lease));
        BoundedResponseConsumer consumer = new BoundedResponseConsumer(full -> {
            answer.complete(full);
            request.stop();
        });
        FutureCallback<EndpointResponse> callback = new FutureCallback<>() {
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
                answer.completeExceptionally(aborted());
            }
        };
        try {
            request.startedAs(lease.client().execute(producer(request), consumer, callback));
        } catch (RuntimeException e) {
            // Told like any other failure, so that the client is given back.
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static CancellationException aborted() {
        return new CancellationException("aborted");
    }

    private boolean isThroughProxy(EndpointRequest request) {
        return settings.delivery()
                .proxy()
                .filter(proxy -> proxy.isFor(request.host()))
                .isPresent();
    }

    /** A proxy looks up names and judges them; an address that stands in the URL is judged here. */
    private void checkAddress(EndpointRequest request) throws UnknownHostException {
        // In its normal form, since a proxy takes 0x7f.1 for 127.0.0.1 too.
        String host = WebHost.normalise(request.host());
        if (WebHost.isAddress(host)) {
            new AddressGuard(settings.delivery().allowedSubnets()).resolve(host);
        }
    }

    private static AsyncRequestProducer producer(EndpointRequest request) {
        AsyncRequestBuilder builder = AsyncRequestBuilder.post(request.url()).setEntity(request.body(), JSON);
        request.headers().forEach(builder::addHeader);
        return builder.build();
    }

    /** No connection, one that the server had closed before it read the request, or a server that says it has not read it. */
    private static boolean isUnseen(Exception e) {
        return e instanceof ConnectException
                || e instanceof RequestNotExecutedException
                || e instanceof NoHttpResponseException
                // RFC 9113, 8.7: safe to send again, whatever the method.
                || e instanceof H2StreamResetException reset && reset.getCode() == H2Error.REFUSED_STREAM.getCode();
    }
}
