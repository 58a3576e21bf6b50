package io.posthorn.json;

import static io.posthorn.json.JsonApi.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;

/**
 * Parses JSON as RFC 8259 asks: UTF-8 only, one value, and no key twice in an object, since two parsers may take
 * different values of it from one signed body. What is nested too deep ({@link JsonDepth}) is none.
 */
public final class StrictJson {

    private static final JsonReaderFactory READERS =
            JSON.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private static final JsonReaderFactory LENIENT_READERS =
            JSON.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.LAST));

    private StrictJson() {}

    /** @throws JsonException if the bytes are not one well-formed JSON value */
    public static JsonValue parse(byte[] bytes) {
        return parse(decode(bytes));
    }

    /** @throws JsonException if the text is not one well-formed JSON value */
    public static JsonValue parse(String text) {
        return parse(text, READERS);
    }

    /**
     * The same for JSON in which a key may be repeated, of which the last value counts.
     *
     * @throws JsonException if the text is not one well-formed JSON value
     */
    public static JsonValue parseWithRepeatedKeys(String text) {
        return parse(text, LENIENT_READERS);
    }

    private static JsonValue parse(String text, JsonReaderFactory readers) {
        if (!JsonDepth.isBounded(text)) {
            throw new JsonException("The JSON is nested deeper than " + JsonDepth.MAX + " levels");
        }
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            JsonValue value = reader.readValue();
            requireEnd(text);
            return value;
        } catch (JsonException e) {
            throw e;
        } catch (RuntimeException limitOfTheParser) {
            // Numbers beyond the parser's limits surface as other exceptions.
            throw new JsonException("The JSON exceeds a limit of the parser", limitOfTheParser);
        }
    }

    /** A {@link JsonReader} stops behind the first value; a parser throws for what is neither white space nor the end. */
    private static void requireEnd(String text) {
        try (JsonParser parser = JSON.createParser(new StringReader(text))) {
            switch (parser.next()) {
                case START_OBJECT -> parser.skipObject();
                case START_ARRAY -> parser.skipArray();
                default -> {}
            }
            if (parser.hasNext()) {
                throw new JsonException("The JSON is more than one value");
            }
        }
    }

    /** @throws JsonException if the bytes are not UTF-8 */
    public static String decode(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("The JSON is not UTF-8", e);
        }
    }
}
