package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final PageRequest FORWARDS = new PageRequest(2, Optional.empty(), false);
    private static final PageRequest BACKWARDS = new PageRequest(2, Optional.of("d"), true);

    @Test
    void theItemTooManyTellsThatMoreFollow() {
        Page<String> page = Page.of(FORWARDS, List.of("a", "b", "c"));

        assertThat(page).isEqualTo(new Page<>(List.of("a", "b"), false));
    }

    @Test
    void aPageThatIsJustFullIsTheLast() {
        Page<String> page = Page.of(FORWARDS, List.of("a", "b"));

        assertThat(page).isEqualTo(new Page<>(List.of("a", "b"), true));
    }

    @Test
    void aListWithoutItemsIsDone() {
        assertThat(Page.of(FORWARDS, List.of())).isEqualTo(new Page<>(List.of(), true));
    }

    @Test
    void aPageWalkedBackwardsKeepsTheOrderOfTheList() {
        Page<String> page = Page.of(BACKWARDS, List.of("c", "b", "a"));

        assertThat(page).isEqualTo(new Page<>(List.of("b", "c"), false));
    }

    @Test
    void aPageWithoutRoomTellsWhetherThereIsSomething() {
        PageRequest noRoom = new PageRequest(0, Optional.empty(), false);

        assertThat(Page.of(noRoom, List.of("a"))).isEqualTo(new Page<>(List.of(), false));
        assertThat(Page.of(noRoom, List.of())).isEqualTo(new Page<>(List.of(), true));
    }
}
