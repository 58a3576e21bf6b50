package io.posthorn.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventQualifiersTest {

    @ParameterizedTest
    @CsvSource({"a.b.c, 'a.b.c a.b.* a.* *'", "push, 'push *'", "'*', '*'", ".a, '.a *'", "a., 'a. a.* *'"})
    void aTypeMatchesWhateverItBeginsWith(String type, String patterns) {
        assertThat(String.join(" ", EventQualifiers.patterns(type))).isEqualTo(patterns);
    }
}
