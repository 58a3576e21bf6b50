package io.posthorn.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RecentlyUsedTest {

    private final RecentlyUsed<String> texts = new RecentlyUsed<>(2, 10);
    private final List<String> made = new ArrayList<>();

    @Test
    void aTextThatIsUsedAgainIsNotMadeAgain() {
        get("a", "b", "a", "b");

        assertThat(made).containsExactly("a", "b");
    }

    @Test
    void theOneThatWasNotUsedForLongestMakesRoom() {
        get("a", "b", "a", "c", "a", "b");

        assertThat(made).containsExactly("a", "b", "c", "b");
    }

    @Test
    void longTextsMakeRoomEarlier() {
        get("123456", "1234567", "1234567", "123456");

        assertThat(made).containsExactly("123456", "1234567", "123456");
    }

    @Test
    void aTextBeyondAllRoomIsMadeEachTime() {
        get("a", "12345678901", "12345678901", "b", "b");

        assertThat(made).containsExactly("a", "12345678901", "12345678901", "b");
    }

    private void get(String... wanted) {
        for (String text : wanted) {
            assertThat(texts.get(text, this::make)).isEqualTo(text.toUpperCase(Locale.ROOT));
        }
    }

    private String make(String text) {
        made.add(text);
        return text.toUpperCase(Locale.ROOT);
    }
}
