package io.posthorn.rest;

import static io.posthorn.json.JsonApi.JSON;

import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list: {@code {"data","iterator","prevIterator","done"}}.
 *
 * @param done whether nothing follows in the direction walked
 */
public record Page<T>(List<T> items, boolean done) {

    /**
     * Cuts a page out of what a query found.
     *
     * @param found up to {@code limit + 1} items in the direction walked; the one too many tells that more follow
     */
    public static <T> Page<T> of(PageRequest request, List<T> found) {
        boolean done = found.size() <= request.limit();
        List<T> items = new ArrayList<>(done ? found : found.subList(0, request.limit()));
        if (request.backwards()) {
            Collections.reverse(items);
        }
        return new Page<>(List.copyOf(items), done);
    }

    /** @param toJson the JSON text of an item */
    public Response toResponse(Function<T, String> id, Function<T, String> toJson) {
        StringBuilder json = new StringBuilder("{\"data\":[");
        json.append(String.join(",", items.stream().map(toJson).toList()));
        json.append("],\"iterator\":").append(items.isEmpty() ? "null" : quote(id.apply(items.get(items.size() - 1))));
        if (!items.isEmpty()) {
            json.append(",\"prevIterator\":").append(quote("-" + id.apply(items.get(0))));
        }
        json.append(",\"done\":").append(done).append('}');
        return JsonResponse.of(200, json.toString());
    }

    private static String quote(String text) {
        return JSON.createValue(text).toString();
    }
}
