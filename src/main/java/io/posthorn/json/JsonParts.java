package io.posthorn.json;

import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts JSON into its parts, each of them exactly as it was written. Parsing them and writing them anew would spell numbers
 * and texts in another way, {@code 1E2} as {@code 1E+2} and half of a surrogate pair as a question mark; and what a parser
 * tells of the places of values is up to its make.
 *
 * <p>For text that {@link StrictJson} has parsed; of any other nothing is promised.
 */
public final class JsonParts {

    private static final String BETWEEN = " \t\r\n,:";
    private static final String BEHIND = BETWEEN + "]}";

    private final String json;
    private int at;

    private JsonParts(String json) {
        this.json = json;
    }

    /**
     * A member of an object.
     *
     * @param name what it is called, whichever way that was written
     * @param head the name as it was written, and what stands between it and the value
     * @param value as it was written
     */
    public record Member(String name, String head, String value) {}

    /** The elements of an array, as they were written, without the white space around them; none if it is no array. */
    public static List<String> elements(String json) {
        JsonParts parts = new JsonParts(json);
        List<String> elements = new ArrayList<>();
        if (parts.enters('[')) {
            while (!parts.leaves(']')) {
                elements.add(parts.next());
            }
        }
        return elements;
    }

    /** The members of an object in their order; none if it is no object. */
    public static List<Member> members(String json) {
        JsonParts parts = new JsonParts(json);
        List<Member> members = new ArrayList<>();
        if (parts.enters('{')) {
            while (!parts.leaves('}')) {
                members.add(parts.member());
            }
        }
        return members;
    }

    /** The value of a top-level member of an object, as it was written; empty if there is none of that name. */
    public static Optional<String> value(String json, String name) {
        JsonParts parts = new JsonParts(json);
        if (parts.enters('{')) {
            while (!parts.leaves('}')) {
                Member member = parts.member();
                if (member.name().equals(name)) {
                    return Optional.of(member.value());
                }
            }
        }
        return Optional.empty();
    }

    private Member member() {
        int start = at;
        String name = next();
        skipBetween();
        String head = json.substring(start, at);
        return new Member(read(name), head, next());
    }

    /** Hardly any name has an escape in it, and one object may have a hundred thousand names. */
    private static String read(String name) {
        return name.indexOf('\\') < 0
                ? name.substring(1, name.length() - 1)
                : ((JsonString) StrictJson.parse(name)).getString();
    }

    private boolean enters(char bracket) {
        skipBetween();
        return json.charAt(at++) == bracket;
    }

    private boolean leaves(char bracket) {
        skipBetween();
        return json.charAt(at) == bracket;
    }

    private void skipBetween() {
        while (BETWEEN.indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The value, or the name, that begins here. */
    private String next() {
        int start = at;
        switch (json.charAt(at)) {
            case '"' -> skipText();
            case '{', '[' -> skipNested();
            default -> skipWord();
        }
        return json.substring(start, at);
    }

    private void skipText() {
        at++;
        while (json.charAt(at) != '"') {
            // What follows a backslash ends no text.
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipNested() {
        int depth = 0;
        do {
            switch (json.charAt(at)) {
                case '"' -> skipText();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0);
    }

    /** A number, or true, false or null. */
    private void skipWord() {
        while (BEHIND.indexOf(json.charAt(at)) < 0) {
            at++;
        }
    }
}
