package io.posthorn.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPartsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.10",
                "1E2",
                "-0",
                "0.0e+00",
                "true",
                "null",
                "\"\"",
                "\"a\"",
                "{}",
                "[]",
                "{ \"b\" : 1.10 , \"a\":[ 1E2,-0 ] }",
                "[[[]],{\"a\":{}}]",
                "\"a \\\"quoted\\\" word\"",
                "\"a brace } and a bracket ]\"",
                "\"a comma, a colon: and \\\\\"",
                "{\"}\":\"{\",\"\\\"\":\"\\\\\"}",
                "{\"x\":\"\\u0022\"}",
                "{\n\t\"a\":\r\n1\n}",
                "\"café 😊 …\""
            })
    void aValueIsExactlyWhatWasWritten(String value) {
        String first = "{\"payload\":" + value + ",\"z\":1}";
        String middle = "{\"a\":\"payload\",\"payload\" : " + value + " , \"z\":{\"payload\":2}}";
        String last = " {\"a\":{\"payload\":0},\"b\":[\"payload\",1],\n\"payload\":\n" + value + "\n}\n";

        assertThat(JsonParts.value(first, "payload")).contains(value);
        assertThat(JsonParts.value(middle, "payload")).contains(value);
        assertThat(JsonParts.value(last, "payload")).contains(value);
    }

    @Test
    void aKeyMayBeWrittenWithEscapes() {
        assertThat(JsonParts.value("{\"p\\u0061yload\":1.10}", "payload")).contains("1.10");
    }

    @Test
    void aKeyMayHoldAQuoteOrABackslash() {
        assertThat(JsonParts.value("{\"a\\\"b\\\\\":1}", "a\"b\\")).contains("1");
    }

    @Test
    void aKeyOfAnInnerObjectIsNotMeant() {
        assertThat(JsonParts.value("{\"a\":{\"payload\":1}}", "payload")).isEmpty();
    }

    @Test
    void aTextThatLooksLikeTheKeyIsNotMeant() {
        assertThat(JsonParts.value("{\"a\":\"payload\",\"b\":\"\\\"payload\\\":1\"}", "payload"))
                .isEmpty();
    }

    @Test
    void anEmptyObjectHasNoMember() {
        assertThat(JsonParts.value("{ }", "payload")).isEmpty();
    }

    @Test
    void whatIsNoObjectHasNoMember() {
        assertThat(JsonParts.value("[\"payload\",1]", "payload")).isEmpty();
        assertThat(JsonParts.members("[\"payload\",1]")).isEmpty();
        assertThat(JsonParts.elements("{\"payload\":[1]}")).isEmpty();
        assertThat(JsonParts.elements("1")).isEmpty();
    }

    @Test
    void elementsAreExactlyWhatWasWritten() {
        assertThat(JsonParts.elements(" [1E2 ,-0,\r\n{ \"a\" : 1.10 } , \"\\ud800\",\"],\\\"\", [ ],true,null\t]\r\n"))
                .containsExactly("1E2", "-0", "{ \"a\" : 1.10 }", "\"\\ud800\"", "\"],\\\"\"", "[ ]", "true", "null");
        assertThat(JsonParts.elements("[ ]")).isEmpty();
    }

    @Test
    void membersAreExactlyWhatWasWritten() {
        assertThat(JsonParts.members(" { \"a\" : 1E2 ,\"p\\u0061y\":[ 1 ] } "))
                .containsExactly(
                        new JsonParts.Member("a", "\"a\" : ", "1E2"),
                        new JsonParts.Member("pay", "\"p\\u0061y\":", "[ 1 ]"));
    }
}
