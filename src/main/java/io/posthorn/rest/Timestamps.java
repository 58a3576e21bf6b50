package io.posthorn.rest;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times of RFC 3339, and the looser forms that Svix clients send as well. */
public final class Timestamps {

    /**
     * A blank for the {@code T}, one before the offset, {@code UTC} for {@code Z}, an offset without its colon; and the
     * plus sign of an offset, which arrives as a blank from clients that do not encode it.
     */
    private static final Pattern LOOSE =
            Pattern.compile("(?<date>\\d{4}-\\d\\d-\\d\\d)[Tt ](?<time>\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)"
                    + " ?(?:(?<zulu>[Zz]|UTC)|(?<sign>[+ -]?)(?<hours>\\d\\d):?(?<minutes>\\d\\d))");

    private static final int MAX_YEAR = 9_999;

    private Timestamps() {}

    /** @throws DateTimeException if it is neither */
    public static OffsetDateTime parse(String text) {
        Matcher matcher = LOOSE.matcher(text);
        if (!matcher.matches()) {
            return withinFourDigits(OffsetDateTime.parse(text));
        }
        String offset = matcher.group("zulu") != null
                ? "Z"
                : ("-".equals(matcher.group("sign")) ? "-" : "+") + matcher.group("hours") + ":"
                        + matcher.group("minutes");
        return OffsetDateTime.parse(matcher.group("date") + "T" + matcher.group("time") + offset);
    }

    /** Other years are no years of RFC 3339, and beyond what databases and arithmetic bear. */
    private static OffsetDateTime withinFourDigits(OffsetDateTime time) {
        if (time.getYear() < 0 || time.getYear() > MAX_YEAR) {
            throw new DateTimeException("The year has more than four digits");
        }
        return time;
    }
}
