package io.posthorn.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RememberedTest {

    private static final int MAX = 10;

    @Test
    void whatWasUsedLongestAgoIsForgottenOnceThereIsTooMuch() {
        Remembered<String, Integer> remembered = new Remembered<>(MAX);
        for (int i = 0; i < MAX; i++) {
            remembered.put("ep_" + i, i);
        }
        remembered.get("ep_0");

        remembered.put("ep_new", 1);

        assertThat(remembered).hasSize(MAX).containsKeys("ep_0", "ep_new").doesNotContainKey("ep_1");
    }
}
