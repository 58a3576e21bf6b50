package io.posthorn.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of sources that Svix's clients know and that are none of their own here. */
final class SvixTypes {

    /** Senders whose webhooks go through Svix, or are signed in the same way under the names of Standard Webhooks. */
    static final List<String> SENT_WITH_SVIX = List.of(
            "beehiiv",
            "brex",
            "clerk",
            "guesty",
            "incident-io",
            "lithic",
            "nash",
            "open-ai",
            "pleo",
            "psi-fi",
            "render",
            "replicate",
            "resend",
            "safebase",
            "sardine",
            "stych");

    /** Why there are no such sources. */
    static final Map<String, String> REFUSED = Map.of(
            "adobe-sign",
            "its client id is no secret, so nothing would tell its requests from anybody's",
            "cron",
            "it is no sender but a timer; let a timer of your own post to a source of the type generic",
            "orum-io",
            "the form of its public key and of the time that it signs is not known for certain",
            "vgs",
            "how it signs is not known for certain");

    private SvixTypes() {}

    /** Why there are no sources of a type that Svix's clients know; empty for any other. */
    static Optional<String> refusal(String type) {
        return Optional.ofNullable(REFUSED.get(type));
    }
}
