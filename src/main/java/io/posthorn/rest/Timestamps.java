package io.posthorn.rest;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times of RFC 3339, and the looser forms that Svix clients send as well; years from 1 to 9999, which that RFC
 * has and every database stores.
 */
public final class Timestamps {

    /**
     * A blank for the {@code T}, one before the offset, {@code UTC} for {@code Z}, an offset without its colon; and the
     * plus sign of an offset, which arrives as a blank from clients that do not encode it.
     */
    private static final Pattern LOOSE =
            Pattern.compile("(?<date>\\d{4}-\\d\\d-\\d\\d)[Tt ](?<time>\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)"
                    + " ?(?:(?<zulu>[Zz]|UTC)|(?<sign>[+ -]?)(?<hours>\\d\\d):?(?<minutes>\\d\\d))");

    private static final int MAX_YEAR = 9999;

    private Timestamps() {}

    /** @throws DateTimeException if it is neither, or of another year */
    public static OffsetDateTime parse(String text) {
        OffsetDateTime time = parseAnyYear(text);
        int year = time.withOffsetSameInstant(ZoneOffset.UTC).getYear();
        if (year < 1 || year > MAX_YEAR) {
            throw new DateTimeException("The year must be from 1 to " + MAX_YEAR);
        }
        return time;
    }

    private static OffsetDateTime parseAnyYear(String text) {
        Matcher matcher = LOOSE.matcher(text);
        if (!matcher.matches()) {
            return OffsetDateTime.parse(text);
        }
        String offset = matcher.group("zulu") != null
                ? "Z"
                : ("-".equals(matcher.group("sign")) ? "-" : "+") + matcher.group("hours") + ":"
                        + matcher.group("minutes");
        return OffsetDateTime.parse(matcher.group("date") + "T" + matcher.group("time") + offset);
    }
}
