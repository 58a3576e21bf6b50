package io.posthorn.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What nobody should send, made up: texts, bytes and JSON for properties to hold of. */
public final class Malformed {

    private static final String[] FRAGMENTS = {
        "",
        " ",
        "\0",
        "\uD800",
        "\uDC00",
        "\uFEFF",
        "é😊",
        "%",
        "%00",
        "%zz",
        "=",
        ",",
        ";",
        ":",
        ".",
        "..",
        "/",
        "\\",
        "\"",
        "{",
        "}",
        "[",
        "]",
        "-",
        "-1",
        "0",
        "1",
        "1e999999999",
        "1e-999999999",
        "2147483648",
        "99999999999999999999",
        "v1",
        "t",
        "sha256",
        "AAAA",
        "00ff",
        "http://",
        "https://",
        "a",
        "localhost",
        "127.0.0.1",
        "::1",
        "2001:db8::17",
        "for",
        "2026-11-25T12:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "-999999999-01-01T00:00:00Z",
        "0000-01-01T00:00:00+18:00",
        "Fri, 31 Dec 9999 23:59:59 GMT"
    };

    private static final int MAX_FRAGMENTS = 8;
    private static final int MAX_DEPTH = 2_000;

    private Malformed() {}

    /** Texts of which most have a meaning somewhere, if not where they are put, and some have none. */
    public static Arbitrary<String> texts() {
        Arbitrary<String> meant =
                Arbitraries.of(FRAGMENTS).list().ofMaxSize(MAX_FRAGMENTS).map(parts -> String.join("", parts));
        return Arbitraries.oneOf(meant, Arbitraries.strings().all().ofMaxLength(40), Arbitraries.of(FRAGMENTS));
    }

    /** Bytes: any, JSON, and JSON cut short. */
    public static Arbitrary<byte[]> bytes() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
        Arbitrary<byte[]> json = json().map(text -> text.getBytes(UTF_8));
        Arbitrary<byte[]> cut = Combinators.combine(json, Arbitraries.doubles().between(0, 1))
                .as((bytes, part) -> Arrays.copyOf(bytes, (int) (bytes.length * part)));
        return Arbitraries.frequencyOf(
                Tuple.of(1, any),
                Tuple.of(3, json),
                Tuple.of(1, cut),
                Tuple.of(1, nested().map(text -> text.getBytes(UTF_8))));
    }

    /** Well-formed JSON with odd members, beneath the names given among others. */
    public static Arbitrary<String> json(String... names) {
        return value(3, names);
    }

    /** Arrays or objects within each other, closed again or not. */
    public static Arbitrary<String> nested() {
        Arbitrary<String> opening = Arbitraries.of("[", "{\"a\":", "[[],", "{\"value\":[");
        return Combinators.combine(opening, Arbitraries.integers().between(1, MAX_DEPTH), Arbitraries.of(true, false))
                .as((open, depth, closed) ->
                        open.repeat(depth) + (closed ? "1" + closing(open).repeat(depth) : ""));
    }

    private static String closing(String opening) {
        return switch (opening) {
            case "{\"a\":" -> "}";
            case "{\"value\":[" -> "]}";
            default -> "]";
        };
    }

    private static Arbitrary<String> value(int depth, String... names) {
        Arbitrary<String> scalar = Arbitraries.oneOf(
                Arbitraries.of("null", "true", "false", "0", "-1", "1.5", "1e999999999", "1e-999999999", "2147483648"),
                texts().map(Malformed::quoted));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<String> nested = Arbitraries.lazy(() -> value(depth - 1, names));
        Arbitrary<String> array = nested.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]");
        Arbitrary<String> name = names.length == 0 ? texts() : Arbitraries.oneOf(Arbitraries.of(names), texts());
        Arbitrary<String> member = Combinators.combine(name, nested).as((key, item) -> quoted(key) + ":" + item);
        Arbitrary<String> object = member.list().ofMaxSize(4).map(members -> "{" + String.join(",", members) + "}");
        return Arbitraries.frequencyOf(Tuple.of(2, scalar), Tuple.of(1, array), Tuple.of(4, object));
    }

    /** A JSON string of nothing but ASCII, so that halves of surrogate pairs survive the way to the parser. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
                quoted.append((char) c);
            } else {
                quoted.append(String.format("\\u%04x", c));
            }
        });
        return quoted.append('"').toString();
    }
}
