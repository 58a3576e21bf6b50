package io.posthorn.config;

import static io.posthorn.config.InboundSettings.seconds;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How messages are delivered.
 *
 * @param retrySchedule what lies between the attempts of a delivery; the default is the Standard Webhooks example
 * @param headerPrefix {@code webhook}, or {@code svix} for receivers that look for those names
 * @param asymmetricByDefault whether a new endpoint gets a key pair, if no secret is given
 * @param nonRetryable statuses that end a delivery at once
 * @param overloadPenalty what a 429 or a timeout waits at least
 * @param circuitPause between the deliveries that probe an endpoint which keeps failing; may be zero
 * @param disableAfter of nothing but failures
 * @param timeout of a whole attempt, connecting included
 * @param leaseMargin what an attempt may take beyond twice its timeout, before it is taken for that of a dead node
 * @param allowedSubnets let through the block on private and reserved addresses
 * @param authorities that endpoints may be certified by, beside those that the platform trusts
 * @param maxHops through so many gateways a webhook that is received may have come
 * @param proxy empty to connect directly
 * @param pollInterval of the timer that finds what is due, should a wake-up be missed
 */
public record DeliverySettings(
        List<Duration> retrySchedule,
        String headerPrefix,
        boolean asymmetricByDefault,
        StatusRanges nonRetryable,
        Duration overloadPenalty,
        Duration circuitPause,
        Duration disableAfter,
        Duration timeout,
        Duration leaseMargin,
        int maxInFlight,
        int maxInFlightPerEndpoint,
        boolean httpsOnly,
        Subnets allowedSubnets,
        List<X509Certificate> authorities,
        int maxHops,
        Optional<ProxySettings> proxy,
        Duration pollInterval) {

    /** The key of {@link #allowedSubnets}, for messages that tell which setting is in force. */
    public static final String ALLOWED_SUBNETS = "posthorn.delivery.allowed-subnets";

    /** The key of {@link #httpsOnly}. */
    public static final String HTTPS_ONLY = "posthorn.delivery.https-only";

    static final String TIMEOUT = "posthorn.delivery.timeout";
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    static DeliverySettings from(SettingReader reader) {
        return new DeliverySettings(
                reader.schedule(
                        "posthorn.delivery.retry-schedule",
                        seconds(5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)),
                reader.parse("posthorn.delivery.header-prefix", "webhook", "webhook or svix", text -> {
                    if (!text.equals("webhook") && !text.equals("svix")) {
                        throw new IllegalArgumentException(text);
                    }
                    return text;
                }),
                reader.parse("posthorn.delivery.default-signature", false, "hmac256 or ed25519", text -> switch (text) {
                    case "hmac256" -> false;
                    case "ed25519" -> true;
                    default -> throw new IllegalArgumentException(text);
                }),
                reader.parse(
                        "posthorn.delivery.non-retryable-statuses",
                        StatusRanges.parse("400-407,409-424,426-428,430-499"),
                        StatusRanges.ALLOWED,
                        StatusRanges::parse),
                reader.seconds("posthorn.delivery.overload-penalty", Duration.ofSeconds(60)),
                reader.seconds("posthorn.delivery.circuit.pause", Duration.ofMillis(200)),
                reader.duration("posthorn.delivery.disable-after", Duration.ofHours(120)),
                reader.duration(TIMEOUT, DEFAULT_TIMEOUT),
                // A slow pool, a pause for garbage collection.
                reader.duration("posthorn.delivery.lease-margin", Duration.ofSeconds(15)),
                reader.positiveInt("posthorn.delivery.max-in-flight", 500),
                reader.positiveInt("posthorn.delivery.max-in-flight-per-endpoint", 20),
                reader.bool(HTTPS_ONLY, true),
                reader.parse(ALLOWED_SUBNETS, Subnets.NONE, Subnets.ALLOWED, Subnets::parse),
                reader.parse(
                        "posthorn.delivery.ca-file",
                        List.of(),
                        "the path of a file with certificates in PEM",
                        Certificates::ofFile),
                reader.positiveInt("posthorn.delivery.max-hops", 5),
                ProxySettings.from(reader),
                reader.duration("posthorn.delivery.poll-interval", Duration.ofSeconds(1)));
    }
}
