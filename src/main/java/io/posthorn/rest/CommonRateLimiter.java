package io.posthorn.rest;

import io.posthorn.config.DatabaseSettings;
import io.posthorn.config.RateLimit;
import io.posthorn.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Token buckets by key, of the nodes of one PostgreSQL together. An H2 database has one node, whose buckets are all there are. */
@ApplicationScoped
public class CommonRateLimiter {

    @Inject
    Settings settings;

    @Inject
    SharedRateLimiter shared;

    private final RateLimiter local = new RateLimiter();

    public RateLimiter.Take take(String key, RateLimit limit) {
        // What is too much for one node is too much for all, and a flood does not reach the database.
        RateLimiter.Take onThisNode = local.take(key, limit);
        return onThisNode.admitted() && settings.database().kind() == DatabaseSettings.Kind.POSTGRESQL
                ? shared.take(key, limit)
                : onThisNode;
    }
}
