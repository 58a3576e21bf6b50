package io.posthorn.inbound;

import io.posthorn.config.Settings;
import io.posthorn.config.TrustedProxies;
import io.posthorn.rest.Hops;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.source.Source;
import io.posthorn.source.SourceCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;

/** What a request has to pass before anyone looks into it: its source is known, its address allowed, its rate kept. */
@ApplicationScoped
class SourceGate {

    @Inject
    SourceCatalogue sources;

    @Inject
    Settings settings;

    @Inject
    SenderRates rates;

    /** @throws InboundException 404, 403 or 429 */
    Source pass(String name, HttpServletRequest request, RequestHeaders headers) {
        Source source = find(name, request);
        admit(source, request, headers);
        return source;
    }

    /** @throws InboundException 404 */
    Source find(String name, HttpServletRequest request) {
        Source source = sources.find(name).orElseThrow(InboundException::unknownSource);
        Refusals.concern(source, request);
        return source;
    }

    /** @throws InboundException 403 or 429 */
    void admit(Source source, HttpServletRequest request, RequestHeaders headers) {
        TrustedProxies trusted = settings.inbound().trustedProxies();
        InetAddress client = ClientRequest.address(request.getRemoteAddr(), headers, trusted);
        if (source.rules()
                .allowedIps()
                .filter(allowed -> !allowed.contains(client))
                .isPresent()) {
            throw InboundException.forbiddenAddress();
        }
        SenderRatesFilter.send(rates.take(source, client), request);
    }

    /** @throws InboundException 413 or 415 if the source takes no such body */
    void checkBody(Source source, RequestHeaders headers, byte[] body) {
        if (!source.rules().takesSize(body.length)) {
            throw InboundException.tooLarge();
        }
        if (!source.rules().takesContentType(headers.first("Content-Type").orElse(""))) {
            throw InboundException.forbiddenContentType();
        }
    }

    /** @throws InboundException 409 if the webhook has come through too many gateways */
    void checkHops(RequestHeaders headers) {
        if (Hops.of(headers.first(Hops.HEADER)) > settings.delivery().maxHops()) {
            throw InboundException.tooManyHops();
        }
    }

    /** The URL that the sender called. */
    String url(Source source, HttpServletRequest request, RequestHeaders headers) {
        return source.url()
                .orElseGet(() ->
                        ClientRequest.url(request, headers, settings.inbound().trustedProxies()));
    }
}
