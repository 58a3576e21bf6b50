package io.posthorn.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {

    @Test
    void aNameIsFoundInAnyCase() {
        RequestHeaders headers = RequestHeaders.ofSingleValues(Map.of("Webhook-ID", "1"));

        assertThat(headers.first("wEBHOOK-id")).contains("1");
    }

    @Test
    void theFirstOfSeveralValuesCounts() {
        RequestHeaders headers = RequestHeaders.of(Map.of("a", List.of("1", "2")));

        assertThat(headers.first("a")).contains("1");
    }

    @Test
    void whiteSpaceAroundAValueIsNotPartOfIt() {
        RequestHeaders headers = RequestHeaders.ofSingleValues(Map.of("a", " 1\t"));

        assertThat(headers.first("a")).contains("1");
    }

    @Test
    void anAbsentHeaderIsEmpty() {
        assertThat(RequestHeaders.of(Map.of()).first("a")).isEmpty();
    }

    @Test
    void aHeaderWithoutValuesIsEmpty() {
        assertThat(RequestHeaders.of(Map.of("a", List.of())).first("a")).isEmpty();
    }

    @Test
    void allValuesAreKeptUnderTheLowerCaseName() {
        RequestHeaders headers = RequestHeaders.of(Map.of("X-A", List.of("1", "2")));

        assertThat(headers.asMap()).isEqualTo(Map.of("x-a", List.of("1", "2")));
    }
}
