package io.posthorn.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that does not parse stops the start with one line: the key, the value and what is allowed. */
class InvalidSettingTest {

    private static final String WHOLE_NUMBER = "a whole number from 1 to 2147483647";
    private static final String DURATION = "an ISO-8601 duration above zero, such as PT15S";
    private static final String SCHEDULE = "a comma list of seconds, such as 5,300,1800, or nothing for no retry";
    private static final String STATUSES = "a comma list of HTTP status codes and ranges, such as 400-407,410";
    private static final String SUBNETS = "a comma list of IP addresses and CIDR blocks, such as 192.168.0.0/24,::1";

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            posthorn.inbound.max-body-size                    | 0
            posthorn.inbound.max-body-size                    | -1
            posthorn.inbound.max-body-size                    | 1.5
            posthorn.inbound.max-body-size                    | 1MB
            posthorn.inbound.max-body-size                    | 2147483648
            posthorn.api.max-body-size                        | 0
            posthorn.inbound.max-batch-events                 | 0
            posthorn.inbound.max-concurrency                  | none
            posthorn.delivery.max-in-flight                   | 0
            posthorn.delivery.max-hops                        | 0
            posthorn.delivery.max-in-flight-per-endpoint      | many
            """)
    void aNumberThatIsNoneIsNamed(String key, String value) {
        assertRefused(key, value, WHOLE_NUMBER);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            posthorn.inbound.tolerance       | 5m
            posthorn.inbound.tolerance       | PT0S
            posthorn.inbound.tolerance       | PT-5M
            posthorn.inbound.dedupe-window   | 24
            posthorn.inbound.lease           | P1M
            posthorn.delivery.timeout        | 15
            posthorn.delivery.timeout        | PT99999999999999999999S
            posthorn.delivery.poll-interval  | 1s
            posthorn.delivery.poll-interval  | PT0.0001S
            posthorn.delivery.timeout        | PT9999999999999999S
            """)
    void aDurationThatIsNoneIsNamed(String key, String value) {
        assertRefused(key, value, DURATION);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            posthorn.delivery.retry-schedule  | 5,,300
            posthorn.delivery.retry-schedule  | 5,
            posthorn.delivery.retry-schedule  | 5;300
            posthorn.delivery.retry-schedule  | -1
            posthorn.delivery.retry-schedule  | 5s
            posthorn.delivery.retry-schedule  | 0.0001
            posthorn.delivery.retry-schedule  | 1E1000000000
            posthorn.inbound.retry-schedule   | soon
            """)
    void aScheduleThatIsNoneIsNamed(String key, String value) {
        assertRefused(key, value, SCHEDULE);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            posthorn.delivery.https-only              | yes               | true or false
            posthorn.delivery.https-only              | TRUE              | true or false
            posthorn.inbound.rate-limit-shared        | on                | true or false
            posthorn.inbound.public-url               | hooks.example.com | an http or https URL without a query, such as https://hooks.example.com
            posthorn.inbound.public-url               | ftp://example.com | an http or https URL without a query, such as https://hooks.example.com
            posthorn.inbound.public-url               | https://a.example/?b | an http or https URL without a query, such as https://hooks.example.com
            posthorn.delivery.header-prefix           | x-hook            | webhook or svix
            posthorn.inbound.unhandled                | drop              | keep
            posthorn.inbound.forwarded-header         | X-Real-IP         | X-Forwarded-For or Forwarded
            posthorn.inbound.trusted-proxies          | proxy.lan         | SUBNETS
            posthorn.delivery.non-retryable-statuses  | 4xx               | STATUSES
            posthorn.delivery.allowed-subnets         | 192.168.0.0/33    | SUBNETS
            posthorn.delivery.proxy-exceptions        | a.lan,10.0.0.0/33 | a comma list of names, IP addresses and CIDR blocks, such as .example.com,10.0.0.0/8
            """)
    void aChoiceThatIsNotOfferedIsNamed(String key, String value, String allowed) {
        assertRefused(
                key, value, allowed.equals("STATUSES") ? STATUSES : allowed.equals("SUBNETS") ? SUBNETS : allowed);
    }

    @Test
    void aDataDirectoryThatCannotBeAPathIsNamed() {
        assertRefused("posthorn.data-dir", "a\0b", "a directory that can be written to");
    }

    @Test
    void aDatabaseThatIsNotSupportedIsNamedWithoutItsUrlWhichMayHoldAPassword() {
        assertThatThrownBy(() -> Settings.from(
                        MapConfig.of("posthorn.datasource.url", "jdbc:mysql://db/posthorn?password=pa55")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Invalid setting posthorn.datasource.url=(hidden): expected "
                        + "a URL that starts with jdbc:h2: or jdbc:postgresql:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://me:pa55@proxy:3128", "http://me:pa^55@proxy", "me:pa55@proxy"})
    void aProxyWithAUserIsRefusedWithoutItsPassword(String proxy) {
        assertThatThrownBy(() -> Settings.from(MapConfig.of("posthorn.delivery.proxy", proxy)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Invalid setting posthorn.delivery.proxy=(hidden): expected "
                        + "http://host:port or socks5://host:port, without a user");
    }

    @Test
    void aValueOfSeveralLinesIsToldInOne() {
        assertThatThrownBy(() -> Settings.from(MapConfig.of("posthorn.delivery.timeout", "1\n2")))
                .isInstanceOf(InvalidSettingException.class)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aMistakeIsNotOutweighedByTheDefault() {
        assertThatThrownBy(() -> Settings.from(
                        MapConfig.inMemory(MapConfig.ofEnvironment("POSTHORN_INBOUND_TOLERANCE", "5 minutes"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("Invalid setting posthorn.inbound.tolerance=5 minutes: expected ");
    }

    @Test
    void aPoolWithoutAConnectionBesideThatOfAnObserverIsNamed() {
        assertRefused("posthorn.datasource.max-pool-size", "1", "a whole number from 2 to 2147483647");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "org_", "org_a,", "org_a b"})
    void anOrganizationThatIsNoneIsNamed(String text) {
        assertRefused(
                "posthorn.inbound.observed-organizations",
                text,
                "a comma list of organization ids, such as org_1srOrx2ZWZBpBUvZwXKQmoEYga2, or * for all");
    }

    private static void assertRefused(String key, String value, String allowed) {
        assertThatThrownBy(() -> Settings.from(MapConfig.inMemory(MapConfig.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Invalid setting " + key + "=" + value + ": expected " + allowed);
    }
}
