package io.posthorn.source;

import io.posthorn.json.JsonParts;
import io.posthorn.json.JsonParts.Member;
import io.posthorn.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Each element of arrays within those of an outer array is an event, in a body that has nothing else of these: so it looks
 * like a request that brought it alone.
 *
 * @param outer the name of the outer array, such as Meta's {@code entry}
 * @param inner the names that inner arrays have, such as {@code changes}; an element of the outer array that has none of them
 *     is an event as a whole
 */
record NestedBatch(String outer, List<String> inner) implements Batch {

    /** How many times longer than its body the events of a request may be together, as they repeat parts of it. */
    static final long MAX_GROWTH = 16;

    @Override
    public List<String> items(byte[] body) {
        String json = StrictJson.decode(body);
        List<Member> request = JsonParts.members(json);
        List<Part> parts =
                elements(request, outer).stream().flatMap(this::partsOf).toList();
        if (parts.size() <= 1) {
            return List.of();
        }
        Surroundings ofAll = Surroundings.of(request, outer, List.of());
        // Looked at before anything is put together: without a limit, one body could fill the memory.
        long length =
                parts.stream().mapToLong(part -> ofAll.length() + part.length()).sum();
        return length > MAX_GROWTH * json.length()
                ? List.of()
                : parts.stream().map(part -> ofAll.around(part.text())).toList();
    }

    private Stream<Part> partsOf(String entry) {
        List<Member> members = JsonParts.members(entry);
        List<Part> each = new ArrayList<>();
        for (String name : inner) {
            Surroundings alone = Surroundings.of(members, name, inner);
            elements(members, name).forEach(element -> each.add(new Part(alone, element)));
        }
        return each.isEmpty() ? Stream.of(new Part(Surroundings.NONE, entry)) : each.stream();
    }

    private static List<String> elements(List<Member> object, String name) {
        return object.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .map(member -> JsonParts.elements(member.value()))
                .orElse(List.of());
    }

    /** An event, and what the element of the outer array has beside it. */
    private record Part(Surroundings surroundings, String element) {

        long length() {
            return surroundings.length() + element.length();
        }

        String text() {
            return surroundings.around(element);
        }
    }

    /** What stands before and behind the elements of an array, if an object has but one of them. */
    private record Surroundings(String before, String behind) {

        static final Surroundings NONE = new Surroundings("", "");

        /** @param without members that are left out, beside {@code name} itself */
        static Surroundings of(List<Member> object, String name, List<String> without) {
            List<String> names = object.stream().map(Member::name).toList();
            int place = names.indexOf(name);
            if (place < 0) {
                return NONE;
            }
            String before = written(object.subList(0, place), without)
                    .map(text -> text + ",")
                    .collect(Collectors.joining("", "{", object.get(place).head() + "["));
            String behind = written(object.subList(place + 1, object.size()), without)
                    .map(text -> "," + text)
                    .collect(Collectors.joining("", "]", "}"));
            return new Surroundings(before, behind);
        }

        private static Stream<String> written(List<Member> members, List<String> without) {
            return members.stream()
                    .filter(member -> !without.contains(member.name()))
                    .map(member -> member.head() + member.value());
        }

        long length() {
            return before.length() + behind.length();
        }

        String around(String element) {
            return before + element + behind;
        }
    }
}
