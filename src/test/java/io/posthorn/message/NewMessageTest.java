package io.posthorn.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import java.time.Period;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewMessageTest {

    @Test
    void aPayloadIsKeptAsItWasWritten() {
        assertThat(message("\"payload\":{ \"n\": 1.0 }").content())
                .usingRecursiveComparison()
                .isEqualTo(content("{ \"n\": 1.0 }", null));
    }

    @Test
    void aRawTextTakesThePlaceOfThePayload() {
        assertThat(message("\"payload\":{},\"transformationsParams\":{\"rawPayload\":\"<a/>\",\"headers\":"
                                + "{\"Content-Type\":\"text/xml; charset=utf-8\"}}")
                        .content())
                .usingRecursiveComparison()
                .isEqualTo(content("<a/>", "text/xml; charset=utf-8"));
    }

    @Test
    void aRawTextWithoutContentTypeIsCalledJson() {
        assertThat(message("\"payload\":{},\"transformationsParams\":{\"rawPayload\":\"[1]\"}")
                        .content())
                .usingRecursiveComparison()
                .isEqualTo(content("[1]", "application/json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"payload\":{},\"transformationsParams\":{}",
                "\"payload\":{},\"transformationsParams\":null",
                "\"payload\":{},\"transformationsParams\":{\"other\":1}",
                "\"data\":{}"
            })
    void withoutARawTextThePayloadCounts(String fields) {
        assertThat(message(fields).content()).usingRecursiveComparison().isEqualTo(MessageContent.ofJson("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"payload\":[]                                                      | body.payload",
                "\"payload\":{},\"data\":{}                                          | body.payload",
                "\"payload\":{},\"tags\":[]                                          | body.tags",
                "\"payload\":{},\"tags\":[\"a b\"]                                   | body.tags",
                "\"payload\":{},\"channels\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]   | body.channels",
                "\"payload\":{},\"payloadRetentionPeriod\":4                         | body.payloadRetentionPeriod",
                "\"payload\":{},\"payloadRetentionPeriod\":91                        | body.payloadRetentionPeriod",
                "\"payload\":{},\"transformationsParams\":{\"rawPayload\":1}         | body.transformationsParams.rawPayload"
            })
    void whatBreaksARuleIsRefusedAndNamed(String fields, String location) {
        assertThatThrownBy(() -> message(fields))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith(location + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "text/plain\\r\\nx-evil: 1", "text/plain; x=\\u00e9"})
    void aContentTypeThatCannotBeSentIsRefused(String contentType) {
        assertThatThrownBy(() -> message("\"payload\":{},\"transformationsParams\":{\"rawPayload\":\"x\",\"headers\":"
                        + "{\"content-type\":\"" + contentType + "\"}}"))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void aRetentionIsCountedInDays() {
        assertThat(message("\"payload\":{},\"payloadRetentionPeriod\":5").retention())
                .isEqualTo(Period.ofDays(5));
    }

    private static MessageContent content(String text, @Nullable String contentType) {
        return new MessageContent(text.getBytes(UTF_8), contentType, Map.of());
    }

    private static NewMessage message(String fields) {
        String json = "{\"eventType\":\"a\"," + fields + "}";
        return NewMessage.of(JsonFields.parse(new RequestBody(json.getBytes(UTF_8), Map.of())));
    }
}
