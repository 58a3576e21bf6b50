package io.posthorn.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    /** What DESIGN, section 6, promises to whoever sets nothing. */
    @Nested
    class WithNothingSet {

        private final Settings settings = settings();

        @Test
        void dataLiesInADirectoryBesideTheServer() {
            assertThat(settings.dataDirectory()).isAbsolute().endsWithRaw(Path.of("posthorn-data"));
        }

        @Test
        void h2WritesWhatIsCommittedAtOnce() {
            assertThat(settings.database().url()).contains(";WRITE_DELAY=0");
        }

        @Test
        void tokenAndKeysAreLeftToBeGenerated() {
            assertThat(settings.adminToken()).isEmpty();
            assertThat(settings.masterKeys()).isEmpty();
        }

        @Test
        void thereAreNoSources() {
            assertThat(settings.sources()).isEmpty();
        }

        @Test
        void anInboundBodyMayHaveAMebibyte() {
            assertThat(settings.inbound().maxBodySize()).isEqualTo(1_048_576);
        }

        @Test
        void aRequestToTheApiMayHaveTwoMebibytesAsWithSvix() {
            assertThat(settings.api().maxBodySize()).isEqualTo(2_097_152);
        }

        @Test
        void aRequestMayBringTenThousandEvents() {
            assertThat(settings.inbound().maxBatchEvents()).isEqualTo(10_000);
        }

        @Test
        void theReplayWindowIsFiveMinutes() {
            assertThat(settings.inbound().tolerance()).isEqualTo(Duration.ofMinutes(5));
        }

        @Test
        void duplicatesAreKnownForADay() {
            assertThat(settings.inbound().dedupeWindow()).isEqualTo(Duration.ofHours(24));
        }

        @Test
        void noProxyIsTrusted() {
            assertThat(settings.inbound().trustedProxies())
                    .isEqualTo(new TrustedProxies(Subnets.NONE, TrustedProxies.Header.EITHER));
        }

        @Test
        void aFailedDispatchIsRetriedFiveTimes() {
            assertThat(settings.inbound().retrySchedule()).isEqualTo(seconds(1, 5, 30, 300, 1800));
        }

        @Test
        void aFailedDeliveryIsRetriedAsTheStandardSuggests() {
            assertThat(settings.delivery().retrySchedule())
                    .isEqualTo(seconds(5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400));
        }

        @Test
        void deliveriesCarryTheStandardHeaders() {
            assertThat(settings.delivery().headerPrefix()).isEqualTo("webhook");
        }

        @Test
        void clientErrorsAreFinalExceptThoseThatPass() {
            StatusRanges nonRetryable = settings.delivery().nonRetryable();

            assertThat(List.of(400, 404, 409, 410, 424, 426, 428, 430, 499)).allMatch(nonRetryable::contains);
            assertThat(List.of(300, 399, 408, 425, 429, 500, 503)).noneMatch(nonRetryable::contains);
        }

        @Test
        void anAttemptMayTakeFifteenSeconds() {
            assertThat(settings.delivery().timeout()).isEqualTo(Duration.ofSeconds(15));
        }

        @Test
        void fiveHundredAttemptsFlyAtOnceTwentyOfOneEndpoint() {
            assertThat(settings.delivery().maxInFlight()).isEqualTo(500);
            assertThat(settings.delivery().maxInFlightPerEndpoint()).isEqualTo(20);
        }

        @Test
        void onlyHttpsIsAllowed() {
            assertThat(settings.delivery().httpsOnly()).isTrue();
        }

        @Test
        void noPrivateAddressIsAllowed() throws UnknownHostException {
            assertThat(settings.delivery().allowedSubnets().contains(InetAddress.getByName("127.0.0.1")))
                    .isFalse();
        }

        @Test
        void theSafetyNetLooksOnceASecond() {
            assertThat(settings.delivery().pollInterval()).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void theDatabaseIsAnH2FileInTheDataDirectoryUnlessAUrlSaysOtherwise(@TempDir Path directory) {
        DatabaseSettings database = DatabaseSettings.from(MapConfig.of("posthorn.data-dir", directory.toString()));

        assertThat(database.kind()).isEqualTo(DatabaseSettings.Kind.H2);
        assertThat(database.url()).startsWith("jdbc:h2:file:" + directory.resolve("posthorn"));
        assertThat(database.files()).contains(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:file:/var/lib/hooks/events;TRACE_LEVEL_FILE=0, /var/lib/hooks",
        "jdbc:h2:/var/lib/hooks/events, /var/lib/hooks",
        "jdbc:h2:mem:events,",
        "jdbc:h2:tcp://db.example.com/events,",
        "jdbc:h2:ssl://db.example.com/events,",
        "jdbc:postgresql://db.example.com/events,",
    })
    void aDatabaseHasFilesHereOnlyIfItsUrlNamesThem(String url, String directory) {
        DatabaseSettings database = DatabaseSettings.from(MapConfig.of("posthorn.datasource.url", url));

        assertThat(database.files()).isEqualTo(Optional.ofNullable(directory).map(Path::of));
    }

    @Test
    void anEmptyScheduleMeansNoRetry() {
        Settings settings = settings("posthorn.delivery.retry-schedule", "", "posthorn.inbound.retry-schedule", " ");

        assertThat(settings.delivery().retrySchedule()).isEmpty();
        assertThat(settings.inbound().retrySchedule()).isEmpty();
    }

    @Test
    void aScheduleMayHoldDecimalsAndZero() {
        Settings settings = settings("posthorn.delivery.retry-schedule", "0, 0.25 ,1.5");

        assertThat(settings.delivery().retrySchedule())
                .containsExactly(Duration.ZERO, Duration.ofMillis(250), Duration.ofMillis(1500));
    }

    @Test
    void aBlankValueIsAsGoodAsNone() {
        Settings settings = settings("posthorn.delivery.timeout", "  ");

        assertThat(settings.delivery().timeout()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void whiteSpaceAroundAValueIsNotPartOfIt() {
        Settings settings = settings("posthorn.delivery.https-only", " false ");

        assertThat(settings.delivery().httpsOnly()).isFalse();
    }

    @Test
    void anEnvironmentVariableSetsWhatItSpells() {
        Settings settings = Settings.from(MapConfig.inMemory(MapConfig.ofEnvironment(
                "POSTHORN_ADMIN_TOKEN", "t0ken", "POSTHORN_DELIVERY_MAX_IN_FLIGHT_PER_ENDPOINT", "3")));

        assertThat(settings.adminToken()).contains("t0ken");
        assertThat(settings.delivery().maxInFlightPerEndpoint()).isEqualTo(3);
    }

    @Test
    void severalMasterKeysAreKeptInTheirOrder() {
        assertThat(settings("posthorn.master-key", "new, old").masterKeys()).containsExactly("new", "old");
    }

    @Test
    void aPostgresUrlSwitchesTheDatabase() {
        DatabaseSettings database = Settings.from(
                        MapConfig.of("posthorn.datasource.url", "jdbc:postgresql://db/posthorn"))
                .database();

        assertThat(database.kind()).isEqualTo(DatabaseSettings.Kind.POSTGRESQL);
        assertThat(database.url()).isEqualTo("jdbc:postgresql://db/posthorn");
    }

    @Test
    void settingsThatReachALogHideSecrets() {
        Settings settings = Settings.from(MapConfig.of(
                "posthorn.admin.token", "t0ken",
                "posthorn.master-key", "k3y",
                "posthorn.datasource.url", "jdbc:postgresql://db/posthorn?password=pa55"));

        assertThat(settings.toString()).doesNotContain("t0ken", "k3y", "pa55");
    }

    private static Settings settings(String... namesAndValues) {
        return Settings.from(MapConfig.inMemory(MapConfig.of(namesAndValues)));
    }

    private static List<Duration> seconds(long... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    @ParameterizedTest(name = "{0} of {1} connections are {2}")
    @CsvSource({"8, 50, 8", "25, 50, 25", "26, 50, 25", "60, 50, 25", "8, 3, 1", "1, 2, 1"})
    void observersHoldNoMoreThanHalfOfTheConnections(String wanted, String pool, int concurrency) {
        Settings settings = Settings.from(MapConfig.inMemory(
                MapConfig.of("posthorn.inbound.max-concurrency", wanted, "posthorn.datasource.max-pool-size", pool)));

        assertThat(settings.dispatchConcurrency()).isEqualTo(concurrency);
    }
}
