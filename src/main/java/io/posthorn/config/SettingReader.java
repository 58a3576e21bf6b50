package io.posthorn.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Reads and parses single settings, and turns whatever does not parse into an {@link InvalidSettingException}. */
final class SettingReader {

    private final Config config;

    SettingReader(Config config) {
        this.config = config;
    }

    /** The text of a setting; empty where it is absent or blank. */
    Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class).map(String::trim).filter(text -> !text.isEmpty());
    }

    /** The entries of a comma list; no entries where the setting is absent. */
    List<String> list(String key) {
        return text(key).map(SettingReader::split).orElse(List.of());
    }

    /** Whether a source gives this key, be it with an empty value, which MicroProfile Config reports as absent. */
    boolean isGiven(String key) {
        for (ConfigSource source : config.getConfigSources()) {
            if (source.getValue(key) != null) {
                return true;
            }
        }
        return false;
    }

    <T> T parse(String key, T defaultValue, String allowed, Function<String, T> parser) {
        Optional<String> text = text(key);
        return text.isEmpty() ? defaultValue : parseText(key, text.get(), allowed, parser);
    }

    boolean bool(String key, boolean defaultValue) {
        return parse(key, defaultValue, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    int positiveInt(String key, int defaultValue) {
        return wholeNumber(key, 1, defaultValue);
    }

    int wholeNumber(String key, int least, int defaultValue) {
        return parse(key, defaultValue, "a whole number from " + least + " to " + Integer.MAX_VALUE, text -> {
            int number = Integer.parseInt(text);
            if (number < least) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    Duration duration(String key, Duration defaultValue) {
        return parse(key, defaultValue, "an ISO-8601 duration above zero, such as PT15S", text -> {
            Duration duration = Duration.parse(text);
            if (duration.toMillis() < 1) {
                throw new IllegalArgumentException(text);
            }
            return duration;
        });
    }

    /** A number of seconds, decimals allowed. */
    Duration seconds(String key, Duration defaultValue) {
        return parse(key, defaultValue, "a number of seconds, 0 or more", SettingReader::parseSeconds);
    }

    /** A comma list of seconds, decimals allowed; a key that is given but empty means no entries. */
    List<Duration> schedule(String key, List<Duration> defaultValue) {
        List<Duration> whenAbsent = isGiven(key) ? List.of() : defaultValue;
        return parse(
                key,
                whenAbsent,
                "a comma list of seconds, such as 5,300,1800, or nothing for no retry",
                text -> split(text).stream().map(SettingReader::parseSeconds).toList());
    }

    private static <T> T parseText(String key, String text, String allowed, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new InvalidSettingException(key, text, allowed);
        }
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::trim).toList();
    }

    private static Duration parseSeconds(String text) {
        return Seconds.toDuration(new BigDecimal(text));
    }
}
