package io.posthorn.rest;

import java.util.regex.Pattern;

/** The texts that clients choose themselves: uids, event types, event ids and channels. */
public final class Uid {

    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9\\-_.]{1,256}");
    public static final String RULE = "must be 1 to 256 letters, digits, '-', '_' or '.'";

    private Uid() {}

    public static boolean isName(String text) {
        return ALLOWED.matcher(text).matches();
    }

    /** @throws ApiException 422 naming the field */
    public static String checkName(String field, String text) {
        if (!isName(text)) {
            throw ApiException.invalid(field, RULE);
        }
        return text;
    }

    /**
     * The name of something that paths lead to: no {@code .} or {@code ..}, which every client takes for another path.
     *
     * @throws ApiException 422 naming the field
     */
    public static String checkSegment(String field, String text) {
        if (text.equals(".") || text.equals("..")) {
            throw ApiException.invalid(field, "no path could lead to it");
        }
        return checkName(field, text);
    }

    /** The name that is nearest to a text of 1 to 256 characters. */
    public static String toName(String text) {
        return text.replaceAll("[^a-zA-Z0-9\\-_.]", "_");
    }

    /**
     * @param idPrefix of the ids of the same kind, one of which the uid could be taken for
     * @throws ApiException 422 naming the field
     */
    public static String check(String field, String text, String idPrefix) {
        if (checkSegment(field, text).startsWith(idPrefix)) {
            throw ApiException.invalid(field, "must not begin with " + idPrefix + ", as ids do");
        }
        return text;
    }
}
