package io.posthorn.rest;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers users may have sent with webhooks, beside those that Posthorn and HTTP itself need. */
public final class CustomHeaders {

    public static final int MAX_VALUE_BYTES = 4_096;

    /** A token, as RFC 9110, section 5.6.2, has it. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

    /** Latin-1 without control characters but the tab, so that no line break can begin another header. */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E\\xA0-\\xFF]*");

    private static final Set<String> RESERVED = Set.of(
            "age",
            "cache-control",
            "clear-site-data",
            "connection",
            "content-encoding",
            "content-language",
            "content-length",
            "content-location",
            "content-type",
            "expires",
            "host",
            "keep-alive",
            Hops.HEADER,
            "pragma",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailers",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "warning",
            // Those of the plain scheme. Others that begin like them are the user's, as with Svix.
            "x-webhook-event-id",
            "x-webhook-signature");

    private static final Set<String> RESERVED_PREFIXES = Set.of(
            "svix-", "webhook-", "x-amz-", "x-amzn-", "x-azure-", "x-fd-", "x-gfe", "x-goog-", "x-google", "x-svix-");

    private CustomHeaders() {}

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether a header is not the user's to set. */
    public static boolean isReserved(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return RESERVED.contains(lower) || RESERVED_PREFIXES.stream().anyMatch(lower::startsWith);
    }

    public static boolean isValue(String text) {
        return text.length() <= MAX_VALUE_BYTES && VALUE.matcher(text).matches();
    }
}
