package io.posthorn.config;

import java.util.Arrays;
import java.util.List;

/** A set of HTTP status codes, written as a comma list of codes and ranges: {@code 400-407,410}. */
public record StatusRanges(List<Range> ranges) {

    static final String ALLOWED = "a comma list of HTTP status codes and ranges, such as 400-407,410";

    /** Both ends included. */
    public record Range(int first, int last) {
        public Range {
            if (first < 100 || last > 599 || first > last) {
                throw new IllegalArgumentException(first + "-" + last);
            }
        }
    }

    public static StatusRanges parse(String text) {
        return new StatusRanges(Arrays.stream(text.split(",", -1))
                .map(String::trim)
                .map(StatusRanges::parseRange)
                .toList());
    }

    public boolean contains(int status) {
        return ranges.stream().anyMatch(range -> range.first() <= status && status <= range.last());
    }

    private static Range parseRange(String text) {
        int dash = text.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
        return new Range(first, dash < 0 ? first : Integer.parseInt(text.substring(dash + 1)));
    }
}
