package io.posthorn.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.persistence.DurationsConverter;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryDelaysTest {

    private final DurationsConverter converter = new DurationsConverter();

    @Test
    void secondsMayHaveDecimalsAndExponents() {
        assertThat(delays("[0, 0.25, 5, 1e3, 2592000]"))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofMillis(250),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1_000),
                        Duration.ofDays(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "5",
                "[null]",
                "[\"5\"]",
                "[[5]]",
                "[-1]",
                "[0.0001]",
                "[2592001]",
                "[1e999999999]",
                "[1e-999999999]"
            })
    void whatIsNoScheduleIsRefused(String delays) {
        assertThatThrownBy(() -> delays(delays)).isInstanceOf(ApiException.class);
    }

    @Test
    void thereIsAnEndToRetries() {
        assertThat(delays("[" + "0,".repeat(99) + "0]")).hasSize(100);
        assertThatThrownBy(() -> delays("[" + "0,".repeat(100) + "0]")).isInstanceOf(ApiException.class);
    }

    @Test
    void aScheduleIsShownAsItWasGiven() {
        assertThat(RetryDelays.toJson(delays("[0.25,5,1000]"), false))
                .hasToString("{\"delays\":[0.25,5,1000],\"inherited\":false}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[0]", "[0.25,5,1000,2592000]"})
    void aScheduleIsStoredAsItIs(String delays) {
        assertThat(converter.convertToEntityAttribute(converter.convertToDatabaseColumn(delays(delays))))
                .isEqualTo(delays(delays));
    }

    private static List<Duration> delays(String json) {
        return RetryDelays.of(
                JsonFields.parse(new RequestBody(("{\"delays\":" + json + "}").getBytes(UTF_8), Map.of())));
    }
}
