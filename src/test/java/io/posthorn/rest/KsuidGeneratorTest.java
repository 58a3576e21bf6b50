package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KsuidGeneratorTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final RandomGenerator HIGHEST = () -> -1L;
    private static final RandomGenerator LOWEST = () -> 0L;

    @Test
    void anIdHas27LettersAndDigits() {
        assertThat(generator(NOW, new Random(1)).next()).matches("[0-9A-Za-z]{27}");
    }

    @Test
    void theEarliestIdIsPaddedToItsLength() {
        KsuidGenerator generator = generator(Instant.ofEpochSecond(1_400_000_000), LOWEST);

        assertThat(generator.next()).isEqualTo("0".repeat(26) + "1");
    }

    @Test
    void idsOfOneClockStepAscend() {
        KsuidGenerator generator = generator(NOW, new Random(1));

        List<String> ids = Stream.generate(generator::next).limit(1_000).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shortIdsHave22LettersAndDigitsAndAscendToo() {
        KsuidGenerator generator = KsuidGenerator.ofShort(Clock.fixed(NOW, ZoneOffset.UTC), new Random(1));

        List<String> ids = Stream.generate(generator::next).limit(1_000).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9A-Za-z]{22}"));
    }

    @Test
    void idsAscendEvenWhenTheRandomPartIsExhausted() {
        KsuidGenerator generator = generator(NOW, HIGHEST);

        List<String> ids = Stream.generate(generator::next).limit(10).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anIdOfALaterClockStepSortsBehindOneOfAnotherGenerator() {
        String earlier = generator(NOW, HIGHEST).next();
        String later = generator(NOW.plusMillis(4), LOWEST).next();

        assertThat(later).isGreaterThan(earlier);
    }

    @Test
    void anIdOfALaterSecondSortsBehindOneOfAnotherGenerator() {
        String earlier =
                generator(Instant.parse("2026-01-02T03:04:05.999Z"), HIGHEST).next();
        String later = generator(Instant.parse("2026-01-02T03:04:06Z"), LOWEST).next();

        assertThat(later).isGreaterThan(earlier);
    }

    @Test
    void idsAscendWhenTheClockIsPutBack() {
        Clock backwards = new Clock() {
            private Instant next = NOW;

            @Override
            public Instant instant() {
                next = next.minus(Duration.ofMinutes(1));
                return next;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        KsuidGenerator generator = new KsuidGenerator(backwards, new Random(1));

        List<String> ids = Stream.generate(generator::next).limit(10).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void nodesOfOneInstantDoNotMakeTheSameId() {
        assertThat(generator(NOW, new Random(1)).next())
                .isNotEqualTo(generator(NOW, new Random(2)).next());
    }

    private static KsuidGenerator generator(Instant now, RandomGenerator random) {
        return new KsuidGenerator(Clock.fixed(now, ZoneOffset.UTC), random);
    }
}
