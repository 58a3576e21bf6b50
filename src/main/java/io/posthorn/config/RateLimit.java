package io.posthorn.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** So many in such a time, written {@code 100/60s}. */
public record RateLimit(int count, Duration period) {

    public static final String ALLOWED = "a count and a time, such as 100/60s, 10/s or 5000/1h, or off";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{0,6})(s|m|h)");

    /**
     * @return empty for {@code off}
     * @throws IllegalArgumentException if it is neither
     */
    public static Optional<RateLimit> parse(String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        int count = Integer.parseInt(matcher.group(1));
        long units = matcher.group(2).isEmpty() ? 1 : Long.parseLong(matcher.group(2));
        Duration period =
                switch (matcher.group(3)) {
                    case "s" -> Duration.ofSeconds(units);
                    case "m" -> Duration.ofMinutes(units);
                    default -> Duration.ofHours(units);
                };
        if (count < 1 || period.isZero()) {
            throw new IllegalArgumentException(text);
        }
        return Optional.of(new RateLimit(count, period));
    }
}
