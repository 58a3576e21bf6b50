package io.posthorn.json;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPointersTest {

    private static final String JSON = "{\"a\":{\"b/c\":[1,null]},\"\":true}";

    @ParameterizedTest
    @CsvSource({"/a/b~1c/0, 1", "/a/b~1c/1, null", "/, true"})
    void itLeadsToAValueWhichMayBeNull(String pointer, String value) {
        assertThat(JsonPointers.find(StrictJson.parse(JSON).asJsonObject(), pointer)
                        .map(JsonValue::toString))
                .contains(value);
    }

    @Test
    void anEmptyOneLeadsToTheWhole() {
        assertThat(JsonPointers.find(StrictJson.parse(JSON).asJsonObject(), "")).contains(StrictJson.parse(JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/b", "/a/b", "/a/b~1c/2", "/a/b~1c/-", "/a/b~1c/x", "/a/b~1c/99999999999", "/a/b~1c/0/d", "no"})
    void whereItLeadsNowhereThereIsNothing(String pointer) {
        assertThat(JsonPointers.find(StrictJson.parse(JSON).asJsonObject(), pointer))
                .isEmpty();
    }
}
