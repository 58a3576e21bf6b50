package io.posthorn.source;

import io.posthorn.config.SourceSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Makes sources for the tests of those who use them. */
public final class SourceOf {

    private SourceOf() {}

    public static Source settings(Map<String, String> values) {
        return parser().parse(new SourceSettings("shop", values));
    }

    /** Always the same one, whatever it is called. */
    public static Source stored(String name, Map<String, String> values) {
        return parser().parseStored(
                        new SourceParser.Identity("org_1", "src_1", "src_1"), new SourceSettings(name, values));
    }

    private static SourceParser parser() {
        return new SourceParser(Duration.ofMinutes(5), Optional.empty(), 1_000);
    }
}
