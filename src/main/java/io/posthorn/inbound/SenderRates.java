package io.posthorn.inbound;

import io.posthorn.config.RateLimit;
import io.posthorn.config.Settings;
import io.posthorn.rest.CommonRateLimiter;
import io.posthorn.rest.RateLimiter;
import io.posthorn.source.Source;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.Map;

/** Holds each address that sends to a source to the source's rate, on this node or on all of them together. */
@ApplicationScoped
class SenderRates {

    @Inject
    Settings settings;

    @Inject
    CommonRateLimiter common;

    private final RateLimiter local = new RateLimiter();

    /**
     * The headers that tell the sender what is left of its rate; none if there is no limit.
     *
     * @throws InboundException 429 if the sender has to wait
     */
    Map<String, String> take(Source source, InetAddress client) {
        return source.rules()
                .rateLimit()
                .map(limit -> take(source, client, limit))
                .orElse(Map.of());
    }

    private Map<String, String> take(Source source, InetAddress client, RateLimit limit) {
        RateLimiter.Take take =
                take(source.organizationId() + " " + source.id() + " " + client.getHostAddress(), limit);
        if (!take.admitted()) {
            throw InboundException.rateLimited(limit, take);
        }
        return RateHeaders.admitted(limit, take);
    }

    private RateLimiter.Take take(String sender, RateLimit limit) {
        return settings.inbound().rateLimitShared() ? common.take(sender, limit) : local.take(sender, limit);
    }
}
