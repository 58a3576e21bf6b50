package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {

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

        assertThat(JsonMembers.rawValue(first, "payload")).contains(value);
        assertThat(JsonMembers.rawValue(middle, "payload")).contains(value);
        assertThat(JsonMembers.rawValue(last, "payload")).contains(value);
    }

    @Test
    void aKeyMayBeWrittenWithEscapes() {
        assertThat(JsonMembers.rawValue("{\"p\\u0061yload\":1.10}", "payload")).contains("1.10");
    }

    @Test
    void aKeyMayHoldAQuoteOrABackslash() {
        assertThat(JsonMembers.rawValue("{\"a\\\"b\\\\\":1}", "a\"b\\")).contains("1");
    }

    @Test
    void aKeyOfAnInnerObjectIsNotMeant() {
        assertThat(JsonMembers.rawValue("{\"a\":{\"payload\":1}}", "payload")).isEmpty();
    }

    @Test
    void aTextThatLooksLikeTheKeyIsNotMeant() {
        assertThat(JsonMembers.rawValue("{\"a\":\"payload\",\"b\":\"\\\"payload\\\":1\"}", "payload"))
                .isEmpty();
    }

    @Test
    void anEmptyObjectHasNoMember() {
        assertThat(JsonMembers.rawValue("{ }", "payload")).isEmpty();
    }
}
