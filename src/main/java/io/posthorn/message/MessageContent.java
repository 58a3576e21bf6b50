package io.posthorn.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a message says.
 *
 * @param bytes exactly as they are to be sent
 * @param contentType {@code null} for a JSON object; that of a raw text
 * @param headers that go with it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two contents
record MessageContent(byte[] bytes, @Nullable String contentType, Map<String, String> headers) {

    /** Where it stands, by its two names; what is in there is the receivers' own business. */
    static final Set<String> FIELDS = Set.of("payload", "data");

    private static final String RAW = "transformationsParams";
    private static final String JSON = "application/json";

    /** A media type of RFC 9110 with any parameters. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[\\w!#$&^.+-]{1,100}/[\\w!#$&^.+-]{1,100}(?:[ \\t]*;[\\x20-\\x7E]{0,50})?");

    static MessageContent ofJson(String object) {
        return ofText(object, null);
    }

    private static MessageContent ofText(String text, @Nullable String contentType) {
        return new MessageContent(text.getBytes(UTF_8), contentType, Map.of());
    }

    /** Reads {@code payload}, or the raw text that is to be sent in its stead. */
    static MessageContent of(JsonFields fields) {
        MessageContent payload = ofJson(payload(fields));
        return fields.nested(RAW, MessageContent::raw).flatMap(raw -> raw).orElse(payload);
    }

    /** {@code data} is another name of {@code payload}. */
    private static String payload(JsonFields fields) {
        String name = fields.has("data") ? "data" : "payload";
        if (fields.has("data") && fields.has("payload")) {
            throw ApiException.malformed("payload", "given beside its other name data");
        }
        String payload = fields.requiredRaw(name);
        if (!payload.startsWith("{")) {
            throw ApiException.invalid(name, "must be an object");
        }
        return payload;
    }

    private static Optional<MessageContent> raw(JsonFields parameters) {
        String contentType = parameters.strings("headers").entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(JSON);
        if (!MEDIA_TYPE.matcher(contentType).matches()) {
            throw ApiException.invalid("headers", "content-type must be a media type such as text/plain");
        }
        return parameters.optionalString("rawPayload").map(text -> ofText(text, contentType));
    }
}
