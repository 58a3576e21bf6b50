package io.posthorn.json;

/**
 * How deep JSON may be nested. Much that reads it, here and in libraries, calls itself for each level, so this is looked at
 * before anything is parsed.
 */
final class JsonDepth {

    /** The limit of Jackson, by which the JSON Schema library reads; Parsson's is twice that. */
    static final int MAX = 500;

    private JsonDepth() {}

    /** Whether a text, which need not be well-formed, has no more levels of objects and arrays than that. */
    static boolean isBounded(String json) {
        return hasFewBrackets(json) || isBoundedByLevels(json);
    }

    /** Most texts have fewer brackets than levels are allowed, and searching is far cheaper than looking at each character. */
    private static boolean hasFewBrackets(String json) {
        int opened = 0;
        for (char bracket : new char[] {'{', '['}) {
            for (int at = json.indexOf(bracket); at >= 0 && opened <= MAX; at = json.indexOf(bracket, at + 1)) {
                opened++;
            }
        }
        return opened <= MAX;
    }

    private static boolean isBoundedByLevels(String json) {
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
