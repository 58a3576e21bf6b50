package io.posthorn.json;

/**
 * Which numbers can be reckoned with. {@code 1e999999999} is a dozen characters long and has a billion digits: who divides it,
 * or writes it out, is busy for ever or fills the memory.
 */
public final class JsonNumbers {

    /** A double ends at 308 digits; no sender should count on more (RFC 7493, section 2.2). */
    private static final int MAX_EXPONENT = 400;

    private JsonNumbers() {}

    /** Whether no number of a well-formed JSON text has an exponent beyond that, either way. */
    public static boolean areBounded(String json) {
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                inString = !inString;
            } else if (inString) {
                // What follows a backslash ends no string.
                i += c == '\\' ? 1 : 0;
            } else if ((c == 'e' || c == 'E') && exponent(json, i + 1) > MAX_EXPONENT) {
                return false;
            }
        }
        return true;
    }

    /** Without its sign, and no further than to see that it is too great; 0 behind the {@code e} of a word. */
    private static int exponent(String json, int from) {
        int at = from < json.length() && (json.charAt(from) == '-' || json.charAt(from) == '+') ? from + 1 : from;
        int exponent = 0;
        while (at < json.length() && Character.digit(json.charAt(at), 10) >= 0 && exponent <= MAX_EXPONENT) {
            exponent = 10 * exponent + Character.digit(json.charAt(at), 10);
            at++;
        }
        return exponent;
    }
}
