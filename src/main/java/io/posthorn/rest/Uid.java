package io.posthorn.rest;

import java.util.regex.Pattern;

/** The texts that clients choose themselves: uids, event types, event ids and channels. */
public final class Uid {

    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9\\-_.]{1,256}");
    static final String RULE = "must be 1 to 256 letters, digits, '-', '_' or '.'";

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

    /** The name that is nearest to a text of 1 to 256 characters. */
    public static String toName(String text) {
        return text.replaceAll("[^a-zA-Z0-9\\-_.]", "_");
    }

    /**
     * @param idPrefix of the ids of the same kind, one of which the uid could be taken for
     * @throws ApiException 422 naming the field
     */
    public static String check(String field, String text, String idPrefix) {
        if (checkName(field, text).startsWith(idPrefix)) {
            throw ApiException.invalid(field, "must not begin with " + idPrefix + ", as ids do");
        }
        return text;
    }
}
