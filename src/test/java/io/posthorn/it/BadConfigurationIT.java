package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting that cannot be used stops the start with one line that names it. */
class BadConfigurationIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PAYARA  | posthorn.delivery.timeout            | soon             | posthorn.delivery.timeout=soon: expected an ISO-8601 duration above zero, such as PT15S",
                "WILDFLY | posthorn.delivery.allowed-subnets    | 192.168.0.0/33   | posthorn.delivery.allowed-subnets=192.168.0.0/33: expected a comma list of IP addresses and CIDR blocks, such as 192.168.0.0/24,::1",
                "PAYARA  | posthorn.sources.shop.type           | hmacx            | posthorn.sources.shop.type=hmacx: expected one of generic, standard-webhooks, svix, ",
                "WILDFLY | posthorn.sources.shop.allowed-ip     | 192.0.2.1        | posthorn.sources.shop.allowed-ip=(hidden): expected a source's name without dots and one of its keys: type, secret, ",
                "WILDFLY | posthorn.datasource.url              | jdbc:postgresql://localhost:1/x | posthorn.datasource.url=(hidden): expected a database that can be reached; it says: Connection to localhost:1 refused",
                "WILDFLY | posthorn.datasource.url              | jdbc:mysql://x/y | posthorn.datasource.url=(hidden): expected a URL that starts with jdbc:h2: or jdbc:postgresql:"
            })
    void theServerEndsWithOneLineThatNamesTheSetting(ServerKind kind, String key, String value, String line) {
        Map<String, String> settings = Map.of(key, value, "posthorn.exit-on-bad-configuration", "true");
        try (ServerProcess server = new ServerProcess(
                kind,
                "BadConfiguration" + kind + Integer.toHexString(line.hashCode()),
                ServerProcess.posthornWar(),
                settings)) {
            server.launch();

            await().atMost(LIMIT).until(() -> !server.isAlive());

            assertThat(server.exitCode()).isEqualTo(78);
            assertThat(server.log())
                    .filteredOn(logged -> logged.contains("Invalid setting " + line))
                    .hasSize(1);
            assertThat(server.log()).noneMatch(logged -> logged.startsWith("\tat "));
        }
    }
}
