package io.posthorn.signature;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The headers of a received request. Names are compared without regard to case (RFC 9110, section 5.1). */
public final class RequestHeaders {

    private final Map<String, List<String>> valuesByLowerCaseName;

    private RequestHeaders(Map<String, List<String>> valuesByLowerCaseName) {
        this.valuesByLowerCaseName = valuesByLowerCaseName;
    }

    public static RequestHeaders of(Map<String, List<String>> values) {
        Map<String, List<String>> byName = new TreeMap<>();
        values.forEach((name, list) -> byName.put(name.toLowerCase(Locale.ROOT), List.copyOf(list)));
        return new RequestHeaders(byName);
    }

    public static RequestHeaders ofSingleValues(Map<String, String> values) {
        return of(values.entrySet().stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))));
    }

    /** The first value of a header, white space around it removed; empty where the header is absent. */
    public Optional<String> first(String name) {
        List<String> values = valuesByLowerCaseName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.stream().findFirst().map(String::trim);
    }

    /** All values of a header. */
    public List<String> all(String name) {
        return valuesByLowerCaseName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** All headers by lower-case name, sorted by name. */
    public Map<String, List<String>> asMap() {
        return Collections.unmodifiableMap(valuesByLowerCaseName);
    }
}
