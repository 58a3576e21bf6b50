package io.posthorn.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    @Test
    void aFieldIsReadAsItsType() {
        JsonFields fields =
                fields("{\"name\":\"n\",\"rate\":5,\"on\":true,\"types\":[\"b\",\"a\"],\"meta\":{\"k\":\"v\"}}");

        assertThat(fields.requiredString("name")).isEqualTo("n");
        assertThat(fields.optionalInt("rate")).contains(5);
        assertThat(fields.bool("on", false)).isTrue();
        assertThat(fields.optionalStrings("types").orElseThrow()).containsExactly("b", "a");
        assertThat(fields.strings("meta")).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void aFieldThatIsAbsentOrNullHasItsDefault() {
        JsonFields fields = fields("{\"name\":null,\"types\":null,\"meta\":null}");

        assertThat(fields.optionalString("name")).isEmpty();
        assertThat(fields.optionalInt("rate")).isEmpty();
        assertThat(fields.optionalStrings("types")).isEmpty();
        assertThat(fields.strings("meta")).isEmpty();
    }

    @Test
    void aWholeNumberMayBeSpeltWithAPoint() {
        assertThat(fields("{\"rate\":5.0}").optionalInt("rate")).contains(5);
    }

    @Test
    void aPayloadIsKeptAsTheClientWroteIt() {
        assertThat(fields("{\"payload\": { \"b\":1.10, \"a\":1E2 } }").requiredRawObject("payload"))
                .isEqualTo("{ \"b\":1.10, \"a\":1E2 }");
    }

    @Test
    void aRequiredFieldThatIsMissingIsNamed() {
        assertRefused("{}", fields -> fields.requiredString("name"), "name", "this field is required");
        assertRefused("{\"name\":null}", fields -> fields.requiredString("name"), "name", "this field is required");
        assertRefused("{}", fields -> fields.requiredRawObject("payload"), "payload", "this field is required");
    }

    @Test
    void whatMayBeAbsentIsNeverNull() {
        assertThat(fields("{}").bool("f", true)).isTrue();
        assertThat(fields("{}").string("f", "a")).isEqualTo("a");
        assertRefused("{\"f\":null}", fields -> fields.bool("f", true), "f", "this field is required");
        assertRefused("{\"f\":null}", fields -> fields.string("f", "a"), "f", "this field is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1.0", "\"a\"", "[ 1 ]"})
    void aValueIsKeptAsTheClientWroteIt(String value) {
        assertThat(fields("{\"f\": " + value + " }").requiredRaw("f")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\u0000\"", "\"\\ud800\"", "\"\\udc00a\""})
    void textThatCannotBeStoredIsNamed(String text) {
        String message = "has a NUL or half of a surrogate pair";

        assertRefused("{\"f\":" + text + "}", fields -> fields.optionalString("f"), "f", message);
        assertRefused("{\"f\":[" + text + "]}", fields -> fields.optionalStrings("f"), "f", message);
        assertRefused("{\"f\":{\"a\":" + text + "}}", fields -> fields.strings("f"), "f", message);
        assertRefused("{\"f\":{" + text + ":null}}", fields -> fields.nullableStrings("f"), "f", message);
        assertThat(fields("{\"f\":{\"a\":" + text + "}}").requiredRawObject("f"))
                .isEqualTo("{\"a\":" + text + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "[]", "{}"})
    void whatIsNoStringIsNamed(String value) {
        assertRefused("{\"f\":" + value + "}", fields -> fields.optionalString("f"), "f", "expected a string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "1.5", "2147483648", "-2147483649", "true", "[1]", "{}", "1E200000", "1E-200000"})
    void whatIsNoWholeNumberIsNamed(String value) {
        assertRefused("{\"f\":" + value + "}", fields -> fields.optionalInt("f"), "f", "expected a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "1", "[]", "{}"})
    void whatIsNeitherTrueNorFalseIsNamed(String value) {
        assertRefused("{\"f\":" + value + "}", fields -> fields.bool("f", true), "f", "expected true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "{}", "[1]", "[\"a\",null]", "[[\"a\"]]"})
    void whatIsNoListOfStringsIsNamed(String value) {
        assertRefused(
                "{\"f\":" + value + "}", fields -> fields.optionalStrings("f"), "f", "expected an array of strings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"k\":1}", "{\"k\":null}", "{\"k\":{}}"})
    void anObjectWhoseValuesAreNotStringsIsNamed(String value) {
        assertRefused(
                "{\"f\":" + value + "}",
                fields -> fields.strings("f"),
                "f",
                "expected an object whose values are strings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"a\"", "[]"})
    void whatIsNoObjectIsNamed(String value) {
        assertRefused("{\"f\":" + value + "}", fields -> fields.requiredRawObject("f"), "f", "expected an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"a\"", "null", "", "{", "{\"a\":1,\"a\":2}"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        assertThatThrownBy(() -> fields(body))
                .asInstanceOf(type(ApiException.class))
                .extracting(ApiException::status)
                .isEqualTo(422);
    }

    @Test
    void aRequestWithoutABodyIsRefused() {
        assertThatThrownBy(() -> JsonFields.parse(null))
                .asInstanceOf(type(ApiException.class))
                .extracting(ApiException::status)
                .isEqualTo(422);
    }

    private static JsonFields fields(String json) {
        return JsonFields.parse(new RequestBody(json.getBytes(UTF_8), Map.of()));
    }

    private static void assertRefused(String json, Consumer<JsonFields> reading, String field, String message) {
        JsonFields fields = fields(json);
        String expected =
                "{\"detail\":[{\"loc\":[\"body\",\"%s\"],\"msg\":\"%s\",\"type\":\"value_error.jsondecode\"}]}"
                        .formatted(field, message);

        assertThatThrownBy(() -> reading.accept(fields))
                .asInstanceOf(type(ApiException.class))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(422))
                .satisfies(refusal -> assertThat(refusal.body().toString()).isEqualTo(expected));
    }
}
