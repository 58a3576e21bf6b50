package io.posthorn.source;

import static io.posthorn.json.JsonApi.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Tells the events of a request apart, where a provider sends several together. */
@FunctionalInterface
public interface Batch {

    /** How many times longer than its body the events of a request may be together, if they repeat parts of it. */
    long MAX_GROWTH = 16;

    /** Each request is an event. */
    Batch NONE = payload -> List.of();

    /** The body is an array of events. */
    Batch BODY = payload -> payload instanceof JsonArray array ? array : List.of();

    /**
     * The events in a body.
     *
     * @return empty if the whole body is one event
     */
    List<? extends JsonValue> items(JsonValue payload);

    /** @param name of the body's member that is an array of events */
    static Batch in(String name) {
        return payload -> elements(name, payload);
    }

    /**
     * Each element of arrays within those of an outer array, in a body that has nothing else of these: so an event looks
     * like a request that brought it alone.
     *
     * @param outer the name of the outer array, such as Meta's {@code entry}
     * @param inner the names that inner arrays have, such as {@code changes}; an element of the outer array that has none of
     *     them is an event as a whole
     */
    static Batch within(String outer, List<String> inner) {
        return payload -> {
            List<JsonValue> entries = new ArrayList<>();
            elements(outer, payload).forEach(entry -> entries.addAll(entriesOf(entry, inner)));
            List<JsonObject> items = entries.stream()
                    .map(entry -> with(payload.asJsonObject(), outer, entry, List.of()))
                    .toList();
            return items.size() > 1 && areModest(items, payload) ? items : List.of();
        };
    }

    /** Each item repeats what is around it; without a limit, one body could fill the memory. */
    private static boolean areModest(List<JsonObject> items, JsonValue payload) {
        long left = MAX_GROWTH * payload.toString().length();
        for (JsonObject item : items) {
            left -= item.toString().length();
            if (left < 0) {
                return false;
            }
        }
        return true;
    }

    private static List<JsonValue> entriesOf(JsonValue entry, List<String> inner) {
        List<JsonValue> each = new ArrayList<>();
        inner.forEach(name ->
                elements(name, entry).forEach(element -> each.add(with(entry.asJsonObject(), name, element, inner))));
        return each.isEmpty() ? List.of(entry) : each;
    }

    /** An object with one element in one of its arrays, and without others. */
    private static JsonObject with(JsonObject object, String name, JsonValue element, List<String> without) {
        JsonObjectBuilder copy = JSON.createObjectBuilder();
        object.forEach((member, value) -> {
            if (member.equals(name)) {
                JsonArrayBuilder alone = JSON.createArrayBuilder().add(element);
                copy.add(member, alone);
            } else if (!without.contains(member)) {
                copy.add(member, value);
            }
        });
        return copy.build();
    }

    private static List<JsonValue> elements(String name, JsonValue payload) {
        return payload instanceof JsonObject object && object.get(name) instanceof JsonArray array ? array : List.of();
    }
}
