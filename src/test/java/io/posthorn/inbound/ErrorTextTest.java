package io.posthorn.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

    @Test
    void theInnermostCauseIsWhatMatters() {
        Exception error =
                new IllegalStateException("outer", new RuntimeException("middle", new IOException("disk full")));

        assertThat(ErrorText.of(error)).isEqualTo("java.io.IOException: disk full");
    }

    @Test
    void aTextThatCannotBeStoredIsCleaned() {
        assertThat(ErrorText.of(new IOException("a\0b"))).isEqualTo("java.io.IOException: a\uFFFDb");
    }

    @Test
    void anEndlessTextIsCut() {
        assertThat(ErrorText.of(new IOException("x".repeat(100_000)))).hasSize(2_000);
    }
}
