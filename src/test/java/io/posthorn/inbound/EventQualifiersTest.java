package io.posthorn.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.EventType;
import io.posthorn.FromSource;
import java.lang.annotation.Annotation;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventQualifiersTest {

    @FromSource("shop")
    @EventType("order.*")
    private static final class Observed {}

    @ParameterizedTest
    @CsvSource({"a.b.c, 'a.b.c a.b.* a.* *'", "push, 'push *'", "'*', '*'", ".a, '.a *'", "a., 'a. a.* *'"})
    void aTypeMatchesWhateverItBeginsWith(String type, String patterns) {
        assertThat(String.join(" ", EventQualifiers.patterns(type))).isEqualTo(patterns);
    }

    @Test
    void whatNoObserverNamesIsLeftOut() {
        EventQualifiers qualifiers = new EventQualifiers(Set.of(Observed.class.getAnnotations()));

        assertThat(qualifiers.of("order.paid", "shop"))
                .containsExactlyInAnyOrder(FromSource.Literal.of("shop"), EventType.Literal.of("order.*"));
        assertThat(qualifiers.of("order.paid", "till")).containsExactly(EventType.Literal.of("order.*"));
        assertThat(qualifiers.of("user.created", "till")).isEqualTo(new Annotation[0]);
    }
}
