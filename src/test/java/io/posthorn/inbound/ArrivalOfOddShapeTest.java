package io.posthorn.inbound;

import static io.posthorn.inbound.Arrivals.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body in which a pointer leads nowhere has no id and no type; it never fails the request. */
class ArrivalOfOddShapeTest {

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"id\":1}]", "[[]]"})
    void aListIsABodyWithoutIdOrType(String body) {
        Arrival arrival = webhook(body).parsed();

        assertThat(arrival.externalId()).isEmpty();
        assertThat(arrival.eventType()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"data\":null}", "{\"data\":1}", "{\"data\":\"x\"}", "{\"data\":[]}", "{\"data\":[1]}"})
    void aPointerIntoWhatIsNotThereFindsNothing(String body) {
        Arrival arrival = webhook(body).idAt("/data/id").typeAt("/data/0/type").parsed();

        assertThat(arrival.externalId()).isEmpty();
        assertThat(arrival.eventType()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1]"})
    void aPointerBeyondAListFindsNothing(String body) {
        assertThat(webhook(body).idAt("/5").parsed().externalId()).isEmpty();
        assertThat(webhook(body).idAt("/5/id").parsed().externalId()).isEmpty();
        assertThat(webhook(body).idAt("/-").parsed().externalId()).isEmpty();
        assertThat(webhook(body).idAt("/99999999999").parsed().externalId()).isEmpty();
    }
}
