package io.posthorn.source;

import io.posthorn.config.SourceSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Makes sources for the tests of those who use them. */
public final class SourceOf {

    private SourceOf() {}

    public static Source settings(Map<String, String> values) {
        return new SourceParser(Duration.ofMinutes(5), Optional.empty(), 1_000)
                .parse(new SourceSettings("shop", values));
    }
}
