package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import io.posthorn.json.JsonParts;
import io.posthorn.json.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StrictJsonFuzzTest {

    @Property
    void bytesAreJsonOrRefusedAsNone(@ForAll("bytes") byte[] bytes) {
        try {
            JsonValue value = StrictJson.parse(bytes);
            assertThat(StrictJson.parse(value.toString())).isEqualTo(value);
        } catch (JsonException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    @Property
    void aMemberIsFoundAsItWasWritten(@ForAll("json") String json) {
        JsonObject object = parsed(json);

        object.forEach((name, value) ->
                assertThat(JsonParts.value(json, name).map(StrictJson::parse)).contains(value));
    }

    @Property
    void elementsAndMembersAreFoundAsTheyWereWritten(@ForAll("spaced") String json) {
        JsonValue value;
        try {
            value = StrictJson.parse(json);
        } catch (JsonException aKeyTwice) {
            return;
        }

        assertThat(JsonParts.elements(json).stream().map(StrictJson::parse))
                .isEqualTo(value instanceof JsonArray array ? array : List.of());
        assertThat(JsonParts.members(json))
                .extracting(member -> Map.entry(member.name(), StrictJson.parse(member.value())))
                .isEqualTo(value instanceof JsonObject object ? List.copyOf(object.entrySet()) : List.of());
    }

    private static JsonObject parsed(String json) {
        try {
            return StrictJson.parse(json) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
        } catch (JsonException aKeyTwice) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Malformed.bytes();
    }

    /** Arrays and objects with white space where it may stand. */
    @Provide
    Arbitrary<String> spaced() {
        Arbitrary<List<String>> values = Malformed.json("a", "b").list().ofMaxSize(3);
        Arbitrary<String> space = Arbitraries.of("", " ", "\n", "\t\r\n ");
        return Combinators.combine(values, space, Arbitraries.of("[%s]", "%s"))
                .as((items, white, form) ->
                        white + form.formatted(white + String.join(white + "," + white, items) + white) + white);
    }

    @Provide
    Arbitrary<String> json() {
        return Malformed.json("a", "b");
    }
}
