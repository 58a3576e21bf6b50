package io.posthorn.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayScopeTest {

    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-25T12:00:00Z");

    @Test
    void whatATaskKeepsIsTheScopeThatItWasGiven() {
        ReplayScope scope = scope("\"eventTypes\":[\"a.b\"],\"channel\":\"c_1\",\"tag\":\"t\",\"status\":0");

        assertThat(ReplayScope.from(scope.toJson())).isEqualTo(scope);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"channel\":\"%\"", "\"channel\":\"a!b\"", "\"tag\":\"\"", "\"eventTypes\":[\"a b\"]"})
    void whatIsNoNameIsRefused(String field) {
        assertThatThrownBy(() -> scope(field))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("must be 1 to 256");
    }

    private static ReplayScope scope(String fields) {
        String json = "{\"since\":\"2026-11-24T12:00:00Z\"," + fields + "}";
        return ReplayScope.of("ep_1", NOW, JsonFields.parse(new RequestBody(json.getBytes(UTF_8), Map.of())));
    }
}
