package io.posthorn.inbound;

import static io.posthorn.inbound.Arrivals.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DedupeKeyTest {

    @Test
    void theSendersIdDecidesWhateverTheBodySays() {
        assertThat(DedupeKey.of(webhook("{\"id\":\"1\",\"n\":1}").parsed()))
                .isEqualTo("id:1")
                .isEqualTo(DedupeKey.of(webhook("{\"id\":\"1\",\"n\":2}").parsed()));
    }

    @Test
    void withoutAnIdTheBodyDecides() {
        assertThat(DedupeKey.of(webhook("{\"n\":1}").parsed()))
                .isEqualTo(DedupeKey.of(webhook("{\"n\":1}").parsed()))
                .isNotEqualTo(DedupeKey.of(webhook("{\"n\":1} ").parsed()));
    }

    @Test
    void aBodyIsKnownByItsSha256() {
        assertThat(DedupeKey.of(webhook("{}").parsed()))
                .isEqualTo("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @Test
    void anIdCannotPassForABody() {
        String ofBody = DedupeKey.of(webhook("{}").parsed());

        assertThat(DedupeKey.of(webhook("{\"id\":\"" + ofBody + "\"}").parsed()))
                .isNotEqualTo(ofBody);
    }
}
