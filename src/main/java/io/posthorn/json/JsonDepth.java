package io.posthorn.json;

/**
 * How deep JSON may be nested. Much that reads it, here and in libraries, calls itself for each level, so this is looked at
 * before anything is parsed.
 */
public final class JsonDepth {

    /** The limit of Jackson, by which the JSON Schema library reads; Parsson's is twice that. */
    public static final int MAX = 500;

    private JsonDepth() {}

    /** Whether a text, which need not be well-formed, has no more levels of objects and arrays than that. */
    public static boolean isBounded(String json) {
        int depth = 0;
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                inString = !inString;
            } else if (inString) {
                // What follows a backslash ends no string.
                i += c == '\\' ? 1 : 0;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            if (depth > MAX) {
                return false;
            }
        }
        return true;
    }
}
