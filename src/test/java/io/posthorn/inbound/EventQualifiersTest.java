package io.posthorn.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.EventType;
import io.posthorn.FromSource;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventQualifiersTest {

    @FromSource("shop")
    @EventType("order.*")
    private static final class Observed {}

    @ParameterizedTest
    @CsvSource({
        "a.b.c, 'a.b.c a.b.* a.* *'",
        "push, 'push *'",
        "'*', '*'",
        ".a, '*'",
        "a., 'a.* *'",
        "orders/create, 'orders/create orders/* *'",
        "repo:push, 'repo:* *'",
        "Push Hook, '*'"
    })
    void aTypeMatchesWhateverItBeginsWith(String type, String matching) {
        EventQualifiers patterns = new EventQualifiers(Stream.of(
                        "a.b.c",
                        "a.b.*",
                        "a.*",
                        "*",
                        "push",
                        "orders/create",
                        "orders/*",
                        "orders",
                        "repo:*",
                        "order.*")
                .map(EventType.Literal::of)
                .collect(Collectors.toSet()));

        assertThat(patterns.of(type, "shop"))
                .extracting(qualifier -> ((EventType) qualifier).value())
                .containsExactlyInAnyOrder(matching.split(" "));
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
