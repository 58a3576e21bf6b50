package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb\n", "café 😊", "\uFFFF"})
    void textStaysAsItIs(String text) {
        assertThat(StorableText.is(text)).isTrue();
        assertThat(StorableText.of(text)).isEqualTo(text);
    }

    @Test
    void whatCannotBeStoredIsReplaced() {
        String text = "a\0b\uD800c\uDC00😊";

        assertThat(StorableText.is(text)).isFalse();
        assertThat(StorableText.of(text)).isEqualTo("a\uFFFDb\uFFFDc\uFFFD😊");
    }
}
