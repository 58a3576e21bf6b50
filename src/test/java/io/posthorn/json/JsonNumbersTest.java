package io.posthorn.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1, -2.5, 1e400, 1E+400, 1e-400, 1e0000000400], \"b\":true, \"c\":false, \"d\":null}",
                "1.7976931348623157e308",
                "true",
                "\"1e999999999\"",
                "{\"1e999999999\":\"a\\\"1e999999999\"}",
                "[\"\\\\\",1]",
                ""
            })
    void numbersThatFitAreBounded(String json) {
        assertThat(JsonNumbers.areBounded(json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e401",
                "1E+401",
                "1e-401",
                "[0.1e0401]",
                "{\"a\":\"1\",\"n\":1e999999999}",
                "{\"a\":\"\\\\\",\"n\":-1E-999999999}",
                "1e99999999999999999999999"
            })
    void numbersOfAnyLengthAreNot(String json) {
        assertThat(JsonNumbers.areBounded(json)).isFalse();
    }
}
