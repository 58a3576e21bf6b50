package io.posthorn.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeInTest {

    private static final EventTypeIn FULL = new EventTypeIn("n", "d", true, true, "flag", "{\"1\":{}}");

    @Test
    void aPatchWithoutFieldsChangesNothing() {
        assertThat(FULL.patched(fields("{}"))).isEqualTo(FULL);
    }

    @Test
    void aPatchClearsWhatIsNull() {
        assertThat(FULL.patched(fields("{\"featureFlag\":null,\"schemas\":null}")))
                .isEqualTo(new EventTypeIn("n", "d", true, true, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"description", "archived", "deprecated"})
    void aPatchCannotClearWhatEveryEventTypeHas(String field) {
        JsonFields fields = fields("{\"" + field + "\":null}");

        assertThatThrownBy(() -> FULL.patched(fields)).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"1\":{}}",
                "{\"1\":{\"type\":\"object\",\"properties\":{\"a\":{\"pattern\":\"^[a-z]+$\"}}},\"2\":{\"not\":false}}",
                "{\"1\":{\"$ref\":\"https://example.com/not-fetched\"}}"
            })
    void schemasOfDraft7AreTaken(String schemas) {
        assertThat(FULL.patched(fields("{\"schemas\":" + schemas + "}")).schemas())
                .isEqualTo(schemas);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"1\":{\"type\":\"nothing\"}}",
                "{\"1\":{\"properties\":{\"a\":{\"minimum\":\"1\"}}}}",
                "{\"1\":{\"pattern\":\"(\"}}",
                "{\"1\":[]}"
            })
    void whatIsNoSchemaIsRefused(String schemas) {
        JsonFields fields = fields("{\"schemas\":" + schemas + "}");

        assertThatThrownBy(() -> FULL.patched(fields))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("schemas");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 450, 490})
    void aSchemaOfManyLevelsIsTakenOrRefused(int levels) {
        String schema = "{\"not\":".repeat(levels) + "{}" + "}".repeat(levels);

        assertTakenOrRefused("{\"schemas\":{\"1\":" + schema + "}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999"})
    void aNumberOfManyDigitsIsTakenOrRefused(String number) {
        assertTakenOrRefused("{\"schemas\":{\"1\":{\"minLength\":" + number + ",\"multipleOf\":" + number + "}}}");
    }

    private static void assertTakenOrRefused(String json) {
        JsonFields fields = fields(json);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try {
                assertThat(FULL.patched(fields).schemas()).isNotNull();
            } catch (ApiException refused) {
                assertThat(refused.status()).isEqualTo(422);
            }
        });
    }

    private static JsonFields fields(String json) {
        return JsonFields.parse(new RequestBody(json.getBytes(UTF_8), Map.of()));
    }
}
