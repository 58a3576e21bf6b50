package io.posthorn.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"a\"", "1", "true", "null", " {\"a\": [1, {\"b\": null}]}\r\n"})
    void anyOneValueIsJson(String text) {
        assertThat(StrictJson.parse(text)).isNotNull();
    }

    @Test
    void aLongIdKeepsItsLastDigit() {
        JsonObject object = StrictJson.parse("{\"id\":8202522731445525542}").asJsonObject();

        assertThat(object.getJsonNumber("id").longValueExact()).isEqualTo(8202522731445525542L);
    }

    @Test
    void textOutsideAsciiIsReadAsUtf8() {
        assertThat(StrictJson.parse("{\"title\":\"café 😊 …\"}".getBytes(UTF_8))
                        .asJsonObject()
                        .getString("title"))
                .isEqualTo("café 😊 …");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"type\":\"a\",\"type\":\"b\"}", "{\"x\":[{\"a\":1,\"a\":1}]}", "{\"a\":1,\"\\u0061\":2}"})
    void aKeyGivenTwiceIsRefused(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "'a'",
                "NaN",
                "01",
                "1.",
                "+1",
                "\"a\nb\"",
                "// comment\n{}",
                "nul",
                "\"\\x\"",
                "\"\\u12\""
            })
    void whatIsNoJsonIsRefused(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "{}x", "{}]", "1 2", "[],", "null\0"})
    void somethingBehindTheValueIsRefused(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22ff22", "22c3", "22c328 22", "22c08022", "22eda08022", "fffe22006100"})
    void bytesThatAreNotUtf8AreRefused(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> StrictJson.parse(bytes)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[[],"})
    void nestingWithoutEndIsRefusedAndDoesNotOverflowTheStack(String opening) {
        assertRefused(opening.repeat(100_000));
    }

    @Test
    void nestingIsTakenUpToALimit() {
        String brackets = "{\"text\":\"[{\\\"[\"}";

        assertThat(StrictJson.parse("[".repeat(499) + brackets + "]".repeat(499)))
                .isNotNull();
        assertThat(StrictJson.parse("[" + "[],".repeat(5_000) + "0]")).isNotNull();
        assertRefused("[".repeat(500) + brackets + "]".repeat(500));
    }

    @Test
    void nestingThatIsClosedAgainButAbsurdlyDeepIsRefused() {
        assertRefused("[".repeat(100_000) + "]".repeat(100_000));
    }

    @Test
    void aNumberOfFiveThousandDigitsIsRefused() {
        assertRefused("9".repeat(5_000));
        assertRefused("{\"n\":-" + "9".repeat(5_000) + ".5}");
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> StrictJson.parse(text)).isInstanceOf(JsonException.class);
    }
}
