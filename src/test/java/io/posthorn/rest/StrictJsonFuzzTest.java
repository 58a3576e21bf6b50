package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import io.posthorn.json.StrictJson;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import net.jqwik.api.Arbitrary;
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

        object.forEach(
                (name, value) -> assertThat(JsonMembers.rawValue(json, name).map(StrictJson::parse))
                        .contains(value));
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

    @Provide
    Arbitrary<String> json() {
        return Malformed.json("a", "b");
    }
}
