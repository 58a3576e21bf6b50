package io.posthorn.rest;

import io.posthorn.json.StrictJson;
import jakarta.json.JsonString;
import java.util.Optional;

/** Finds the text of a member of a JSON object exactly as it was written, which a parsed value no longer shows. */
final class JsonMembers {

    private final String json;
    private int position;

    private JsonMembers(String json) {
        this.json = json;
    }

    /**
     * The text of a top-level member's value: its number spelling, key order and white space untouched.
     *
     * @param json an object that has been parsed without error; this scan relies on its being well-formed
     */
    static Optional<String> rawValue(String json, String name) {
        return new JsonMembers(json).find(name);
    }

    private Optional<String> find(String name) {
        position = json.indexOf('{') + 1;
        while (skipTo('"')) {
            String key = ((JsonString) StrictJson.parse(readValue())).getString();
            position = json.indexOf(':', position) + 1;
            skipWhiteSpace();
            String value = readValue();
            if (key.equals(name)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private boolean skipTo(char wanted) {
        while (position < json.length() && json.charAt(position) != wanted) {
            position++;
        }
        return position < json.length();
    }

    private void skipWhiteSpace() {
        while (Character.isWhitespace(json.charAt(position))) {
            position++;
        }
    }

    /** Reads one value: up to the comma, brace or bracket that ends it on the level on which it began. */
    private String readValue() {
        int start = position;
        int depth = 0;
        boolean inString = false;
        for (; position < json.length(); position++) {
            char c = json.charAt(position);
            if (inString) {
                if (c == '\\') {
                    position++;
                } else if (c == '"') {
                    inString = false;
                    if (depth == 0) {
                        position++;
                        break;
                    }
                }
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                if (depth == 0) {
                    break;
                }
                depth--;
                if (depth == 0) {
                    position++;
                    break;
                }
            } else if (depth == 0 && (c == ',' || Character.isWhitespace(c))) {
                break;
            }
        }
        return json.substring(start, position);
    }
}
