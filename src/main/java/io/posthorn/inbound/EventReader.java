package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.json.StrictJson;
import io.posthorn.rest.StorableText;
import io.posthorn.rest.Timestamps;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.source.EventFields;
import io.posthorn.source.Source;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads id, type and time of events where their source has them. */
final class EventReader {

    private static final String UNKNOWN_TYPE = "unknown";
    private static final int MAX_LENGTH = 256;

    /** Seconds since 1970, perhaps with a fraction, or milliseconds. */
    private static final Pattern EPOCH = Pattern.compile("(\\d{9,11})(?:\\.\\d+)?|(\\d{12,14})");

    private final Source source;
    private final EventFields fields;
    private final RequestHeaders headers;

    EventReader(Source source, RequestHeaders headers) {
        this.source = source;
        this.fields = source.fields();
        this.headers = headers;
    }

    /**
     * Reads the one event of a request.
     *
     * @throws InboundException 400 if the type is there and cannot be stored
     */
    Arrival read(JsonValue payload, byte[] body) {
        Optional<String> id = inHeaders(fields.idHeaders()).filter(EventReader::isStorable);
        return read(payload, body, id.or(() -> id(payload)));
    }

    /**
     * Reads one of several events of a request, whose headers say nothing of a single one's id.
     *
     * @param json as the sender wrote it
     * @throws InboundException 400 if the type is there and cannot be stored
     */
    Arrival readItem(String json) {
        JsonValue item = StrictJson.parse(json);
        return read(item, json.getBytes(UTF_8), id(item));
    }

    private Arrival read(JsonValue payload, byte[] body, Optional<String> id) {
        return new Arrival(
                source, headers, body, id, isRepeatable(payload), type(payload), time(payload), orderKey(payload));
    }

    private boolean isRepeatable(JsonValue payload) {
        return fields.versionPointers().isEmpty()
                || fields.versionPointers().stream()
                        .anyMatch(pointer -> JsonPaths.text(pointer, payload).isPresent());
    }

    private Optional<String> id(JsonValue payload) {
        return fields.idPointers().stream()
                .flatMap(pointers -> together(pointers, payload).stream())
                .filter(EventReader::isStorable)
                .findFirst();
    }

    private static Optional<String> together(String pointers, JsonValue payload) {
        List<Optional<String>> parts = Arrays.stream(pointers.split(EventFields.TOGETHER, -1))
                .map(pointer -> JsonPaths.text(pointer, payload))
                .toList();
        return parts.stream().allMatch(Optional::isPresent)
                ? Optional.of(String.join(
                        ":", parts.stream().map(Optional::orElseThrow).toList()))
                : Optional.empty();
    }

    private String type(JsonValue payload) {
        Optional<String> type = inHeaders(fields.typeHeaders())
                .or(() -> fields.typePointers().stream()
                        .flatMap(pointer -> typeAt(pointer, payload).stream())
                        .findFirst())
                .or(() -> firstMember(payload))
                .map(text -> text + action(payload));
        if (type.isPresent() && !isStorable(type.get())) {
            throw InboundException.invalidPayload();
        }
        return type.orElse(UNKNOWN_TYPE);
    }

    private static Optional<String> typeAt(String prefixedPointer, JsonValue payload) {
        int pointer = Math.max(prefixedPointer.indexOf('/'), 0);
        return JsonPaths.text(prefixedPointer.substring(pointer), payload)
                .map(text -> prefixedPointer.substring(0, pointer) + text);
    }

    private String action(JsonValue payload) {
        return fields.actionPointer().isEmpty()
                ? ""
                : JsonPaths.text(fields.actionPointer(), payload)
                        .map(action -> "." + action)
                        .orElse("");
    }

    /** Where nothing has the type, the name of the member that has the events, as with Twitter/X. */
    private Optional<String> firstMember(JsonValue payload) {
        boolean nothingHasIt =
                fields.typeHeaders().isEmpty() && fields.typePointers().isEmpty();
        return nothingHasIt && payload instanceof JsonObject object
                ? object.keySet().stream()
                        .filter(name -> name.endsWith("_events") || name.endsWith("_event"))
                        .findFirst()
                : Optional.empty();
    }

    private Optional<OffsetDateTime> time(JsonValue payload) {
        return fields.timePointers().stream()
                .flatMap(pointer -> JsonPaths.text(pointer, payload).stream())
                .flatMap(text -> time(text).stream())
                .findFirst();
    }

    private static Optional<OffsetDateTime> time(String text) {
        var epoch = EPOCH.matcher(text);
        if (epoch.matches()) {
            Instant moment = epoch.group(1) != null
                    ? Instant.ofEpochSecond(Long.parseLong(epoch.group(1)))
                    : Instant.ofEpochMilli(Long.parseLong(epoch.group(2)));
            return Optional.of(moment.atOffset(ZoneOffset.UTC));
        }
        try {
            return Optional.of(Timestamps.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private Optional<String> orderKey(JsonValue payload) {
        return source.order()
                .flatMap(order -> order.pointer().isEmpty()
                        ? Optional.of("")
                        : JsonPaths.text(order.pointer().get(), payload));
    }

    private Optional<String> inHeaders(List<String> names) {
        return names.stream()
                .flatMap(name -> headers.first(name).stream())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** Nobody needs an id of a kilobyte, or one with line breaks. */
    private static boolean isStorable(String text) {
        return !text.isBlank()
                && text.length() <= MAX_LENGTH
                && text.chars().noneMatch(Character::isISOControl)
                && StorableText.is(text);
    }
}
