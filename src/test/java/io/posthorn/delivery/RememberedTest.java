package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RememberedTest {

    @Test
    void whatWasUsedLongestAgoIsForgottenOnceThereIsTooMuch() {
        Remembered<Integer> remembered = new Remembered<>();
        for (int i = 0; i < Remembered.MAX; i++) {
            remembered.put("ep_" + i, i);
        }
        remembered.get("ep_0");

        remembered.put("ep_new", 1);

        assertThat(remembered)
                .hasSize(Remembered.MAX)
                .containsKeys("ep_0", "ep_new")
                .doesNotContainKey("ep_1");
    }
}
