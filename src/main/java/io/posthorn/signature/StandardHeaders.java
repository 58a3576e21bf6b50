package io.posthorn.signature;

/**
 * The names of the three Standard Webhooks headers. The specification's prefix is {@code webhook}; Svix receivers look
 * for {@code svix}.
 */
public record StandardHeaders(String id, String timestamp, String signature) {

    public static StandardHeaders withPrefix(String prefix) {
        return new StandardHeaders(prefix + "-id", prefix + "-timestamp", prefix + "-signature");
    }
}
