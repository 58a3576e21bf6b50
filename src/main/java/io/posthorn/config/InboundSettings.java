package io.posthorn.config;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How webhooks are received and dispatched.
 *
 * @param publicUrl under which senders reach the server; without a slash at its end; empty for that of each request
 * @param maxBodySize in bytes
 * @param maxBatchEvents how many events one request may bring, where a provider sends several together
 * @param tolerance the replay window of schemes that sign a time, to either side
 * @param rateLimit for each source and client address, unless a source has its own; empty for none
 * @param rateLimitShared whether nodes on one PostgreSQL count together
 * @param trustedProxies whose word for the client's address and the URL is taken
 * @param retrySchedule what lies between the dispatches of an event whose observer failed
 * @param lease how long a node that has gone silent keeps the events it was dispatching
 * @param maxConcurrency how many events one node is to dispatch at the same time; {@link Settings#dispatchConcurrency}
 *     says how many it does
 * @param observedOrganizations ids of those beside the default one whose events are handed to observers, or
 *     {@link #EVERY_ORGANIZATION}
 */
public record InboundSettings(
        Optional<String> publicUrl,
        int maxBodySize,
        int maxBatchEvents,
        Duration tolerance,
        Duration dedupeWindow,
        Optional<RateLimit> rateLimit,
        boolean rateLimitShared,
        TrustedProxies trustedProxies,
        List<Duration> retrySchedule,
        Duration lease,
        int maxConcurrency,
        Set<String> observedOrganizations) {

    public static final String EVERY_ORGANIZATION = "*";

    static InboundSettings from(SettingReader reader) {
        // The only policy there is so far; any other spelling is an error instead of a silent default.
        reader.parse("posthorn.inbound.unhandled", "keep", "keep", text -> {
            if (!text.equals("keep")) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
        return new InboundSettings(
                reader.parse(
                        "posthorn.inbound.public-url",
                        Optional.empty(),
                        "an http or https URL without a query, such as https://hooks.example.com",
                        text -> Optional.of(publicUrl(text))),
                reader.positiveInt("posthorn.inbound.max-body-size", 1_048_576),
                reader.positiveInt("posthorn.inbound.max-batch-events", 10_000),
                reader.duration("posthorn.inbound.tolerance", Duration.ofMinutes(5)),
                reader.duration("posthorn.inbound.dedupe-window", Duration.ofHours(24)),
                reader.parse(
                        "posthorn.inbound.rate-limit",
                        Optional.of(new RateLimit(100, Duration.ofSeconds(60))),
                        RateLimit.ALLOWED,
                        RateLimit::parse),
                reader.bool("posthorn.inbound.rate-limit-shared", false),
                TrustedProxies.from(reader),
                reader.schedule("posthorn.inbound.retry-schedule", seconds(1, 5, 30, 300, 1800)),
                reader.duration("posthorn.inbound.lease", Duration.ofSeconds(30)),
                reader.positiveInt("posthorn.inbound.max-concurrency", 8),
                reader.parse(
                        "posthorn.inbound.observed-organizations",
                        Set.of(),
                        "a comma list of organization ids, such as org_1srOrx2ZWZBpBUvZwXKQmoEYga2, or * for all",
                        InboundSettings::organizations));
    }

    private static Set<String> organizations(String text) {
        Set<String> ids = Arrays.stream(text.split(",", -1)).map(String::trim).collect(Collectors.toSet());
        if (!ids.stream().allMatch(id -> id.equals(EVERY_ORGANIZATION) || id.matches("org_\\w+"))) {
            throw new IllegalArgumentException(text);
        }
        return ids;
    }

    private static String publicUrl(String text) {
        URI url = URI.create(text);
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(text);
        }
        return text.replaceFirst("/+$", "");
    }

    static List<Duration> seconds(long... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }
}
