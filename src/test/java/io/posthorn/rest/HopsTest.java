package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopsTest {

    @Test
    void aRequestWithoutTheHeaderHasComeThroughNone() {
        assertThat(Hops.of(Optional.empty())).isZero();
        assertThat(Hops.of(Optional.of("3"))).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1, 1", "many", "99999999999"})
    void aCountThatCannotBeReadIsTooGreat(String header) {
        assertThat(Hops.of(Optional.of(header))).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatIsPublishedOnTheWayHasComeThroughOneMore() {
        List<Integer> hops = new ArrayList<>();

        Hops.after(2, () -> {
            hops.add(Hops.ofNext());
            Hops.after(0, () -> hops.add(Hops.ofNext()));
            hops.add(Hops.ofNext());
        });

        assertThat(hops).containsExactly(3, 1, 3);
        assertThat(Hops.ofNext()).isZero();
    }

    @Test
    void aFailureLeavesNothingBehind() {
        assertThatThrownBy(() -> Hops.after(1, () -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(Hops.ofNext()).isZero();
    }
}
