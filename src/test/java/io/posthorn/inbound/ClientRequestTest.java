package io.posthorn.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.Subnets;
import io.posthorn.config.TrustedProxies;
import io.posthorn.signature.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRequestTest {

    private static final Subnets TRUSTED = Subnets.parse("10.0.0.0/8,127.0.0.1,::1");
    private static final TrustedProxies USUAL = new TrustedProxies(TRUSTED, TrustedProxies.Header.X_FORWARDED_FOR);
    private static final TrustedProxies STANDARD = new TrustedProxies(TRUSTED, TrustedProxies.Header.FORWARDED);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | X-Forwarded-For | 198.51.100.7              | 192.0.2.1",
                "10.0.0.1  | X-Forwarded-For | 198.51.100.7              | 198.51.100.7",
                "10.0.0.1  | X-Forwarded-For | 203.0.113.9, 198.51.100.7 | 198.51.100.7",
                "10.0.0.1  | X-Forwarded-For | 198.51.100.7, 10.0.0.2    | 198.51.100.7",
                "10.0.0.1  | X-Forwarded-For | evil.example              | 10.0.0.1",
                "10.0.0.1  | X-Forwarded-For | 198.51.100.7, unknown, 10.0.0.2 | 10.0.0.2",
                "10.0.0.1  | X-Forwarded-For | 198.51.100.7,             | 10.0.0.1",
                "10.0.0.1  | X-Forwarded-For | 1.2.3                     | 10.0.0.1",
                "10.0.0.1  | X-Forwarded-For | dead.beef                 | 10.0.0.1",
                "10.0.0.1  | X-Forwarded-For | 198.51.100.0/24           | 10.0.0.1",
                "10.0.0.1  | X-Forwarded-For | [2001:db8::17]            | 2001:db8:0:0:0:0:0:17",
                "10.0.0.1  | X-Forwarded-For | 198.51.100.7:5678         | 198.51.100.7",
                "10.0.0.1  | X-Forwarded-For | [2001:db8::17]:80         | 2001:db8:0:0:0:0:0:17",
                "10.0.0.1  | X-Forwarded-For | 2001:db8::17              | 2001:db8:0:0:0:0:0:17",
                "10.0.0.1  | X-Forwarded-For | ::ffff:198.51.100.7       | 198.51.100.7",
                "::ffff:10.0.0.1 | X-Forwarded-For | 198.51.100.7        | 198.51.100.7",
                "10.0.0.1  | X-Forwarded-For | 198.51.100.7:port         | 10.0.0.1",
                "10.0.0.1  | X-Other         | 198.51.100.7              | 10.0.0.1"
            })
    void whoForwardsCountsOnlyIfTrusted(String remote, String header, String value, String client) {
        assertThat(address(remote, Map.of(header, value), USUAL)).isEqualTo(client);
    }

    @Test
    void whereNobodySaysWhichHeaderTheProxiesSetForwardedCountsOnlyAlone() {
        TrustedProxies either = new TrustedProxies(TRUSTED, TrustedProxies.Header.EITHER);
        String forwarded = "for=203.0.113.9";

        assertThat(address("10.0.0.1", Map.of("Forwarded", forwarded), either)).isEqualTo("203.0.113.9");
        assertThat(address("10.0.0.1", Map.of("X-Forwarded-For", "198.51.100.7"), either))
                .isEqualTo("198.51.100.7");
        assertThat(address("10.0.0.1", Map.of("Forwarded", forwarded, "X-Forwarded-For", "198.51.100.7"), either))
                .isEqualTo("198.51.100.7");
        assertThat(address("10.0.0.1", Map.of("Forwarded", forwarded, "X-Forwarded-Proto", "https"), either))
                .isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | for=198.51.100.7                              | 192.0.2.1",
                "10.0.0.1  | for=198.51.100.7;proto=https                  | 198.51.100.7",
                "10.0.0.1  | proto=https; For = \"198.51.100.7:47011\"     | 198.51.100.7",
                "::1       | For=\"[2001:db8::17]:4711\"                   | 2001:db8:0:0:0:0:0:17",
                "10.0.0.1  | for=\"[2001:db8::17]:_secret\"                | 2001:db8:0:0:0:0:0:17",
                "10.0.0.1  | for=203.0.113.9, for=198.51.100.7             | 198.51.100.7",
                "10.0.0.1  | for=unknown                                   | 10.0.0.1",
                "10.0.0.1  | for=198.51.100.7, for=unknown                 | 10.0.0.1",
                "10.0.0.1  | for=198.51.100.7, for=_hidden, for=10.0.0.2   | 10.0.0.2",
                "10.0.0.1  | for=198.51.100.7, proto=https                 | 10.0.0.1",
                "10.0.0.1  | for=\"203.0.113.9, for=198.51.100.7           | 198.51.100.7"
            })
    void theStandardHeaderIsReadWhereProxiesSetIt(String remote, String value, String client) {
        assertThat(address(remote, Map.of("Forwarded", value), STANDARD)).isEqualTo(client);
    }

    /** A proxy that sets one header passes the other one on as the client wrote it. */
    @Test
    void theHeaderThatProxiesDoNotSetIsNotRead() {
        assertThat(address(
                        "10.0.0.1", Map.of("Forwarded", "for=203.0.113.9", "X-Forwarded-For", "198.51.100.7"), USUAL))
                .isEqualTo("198.51.100.7");
        assertThat(address(
                        "10.0.0.1",
                        Map.of("Forwarded", "for=198.51.100.7", "X-Forwarded-For", "203.0.113.9"),
                        STANDARD))
                .isEqualTo("198.51.100.7");
        assertThat(address("10.0.0.1", Map.of("Forwarded", "for=203.0.113.9"), USUAL))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void theLinesOfAHeaderAreOneList() {
        RequestHeaders headers =
                RequestHeaders.of(Map.of("X-Forwarded-For", List.of("203.0.113.9", "198.51.100.7, 10.0.0.2")));

        assertThat(ClientRequest.address("10.0.0.1", headers, USUAL).getHostAddress())
                .isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "unix:", "localhost"})
    void whoseAddressCannotBeReadIsNotTrusted(String remote) {
        Map<String, String> headers = Map.of("X-Forwarded-For", "198.51.100.7", "X-Forwarded-Host", "evil.example");

        assertThat(address(remote, headers, USUAL)).isEqualTo("0.0.0.0");
        assertThat(url(remote, headers, USUAL)).isEqualTo("http://inner:8080/webhooks/twilio?b=2&name=O'Neil&a=x+y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 198.51.100.7           | https       | shop.example            |      | http://inner:8080",
                "10.0.0.1  | 198.51.100.7           | https       | shop.example            |      | https://shop.example",
                "10.0.0.1  |                        | https       |                         |      | https://inner:8080",
                "10.0.0.1  | 198.51.100.7           | https       | shop.example:8443       |      | https://shop.example:8443",
                "10.0.0.1  | 198.51.100.7           | https       | shop.example            | 8443 | https://shop.example:8443",
                "10.0.0.1  | 198.51.100.7           | https       | shop.example            | 443  | https://shop.example",
                "10.0.0.1  | 203.0.113.9, 198.51.100.7 | http, https | evil.example, shop.example | 1, 443 | https://shop.example",
                "10.0.0.1  | 198.51.100.7, 10.0.0.2 | https, http | shop.example, inner     |      | https://shop.example",
                "10.0.0.1  | 198.51.100.7, 10.0.0.2 | https       | shop.example            |      | https://shop.example"
            })
    void theUrlIsThatOfTheOutermostTrustedProxy(
            String remote, String addresses, String scheme, String host, String port, String url) {
        Map<String, String> headers = new TreeMap<>(Map.of("Host", "inner:8080", "X-Forwarded-Proto", scheme));
        putIfGiven(headers, "X-Forwarded-For", addresses);
        putIfGiven(headers, "X-Forwarded-Host", host);
        putIfGiven(headers, "X-Forwarded-Port", port);

        assertThat(url(remote, headers, USUAL)).isEqualTo(url + "/webhooks/twilio?b=2&name=O'Neil&a=x+y");
    }

    @Test
    void theStandardHeaderTellsTheUrlToo() {
        Map<String, String> headers = Map.of(
                "Forwarded",
                "host=evil.example, for=198.51.100.7;host=\"shop.example:8443\";proto=https",
                "X-Forwarded-Host",
                "evil.example");

        assertThat(url("10.0.0.1", headers, STANDARD))
                .isEqualTo("https://shop.example:8443/webhooks/twilio?b=2&name=O'Neil&a=x+y");
    }

    private static void putIfGiven(Map<String, String> headers, String name, String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static String address(String remote, Map<String, String> headers, TrustedProxies trusted) {
        return ClientRequest.address(remote, RequestHeaders.ofSingleValues(headers), trusted)
                .getHostAddress();
    }

    private static String url(String remote, Map<String, String> headers, TrustedProxies trusted) {
        return ClientRequest.url(calledFrom(remote), RequestHeaders.ofSingleValues(headers), trusted);
    }

    /** A request as it came to this server. */
    private static HttpServletRequest calledFrom(String remote) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                ClientRequestTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> remote;
                    case "getScheme" -> "http";
                    case "getServerName" -> "inner";
                    case "getRequestURI" -> "/webhooks/twilio";
                    case "getRequestURL" -> new StringBuffer("http://inner:8080/webhooks/twilio");
                    case "getQueryString" -> "b=2&name=O'Neil&a=x+y";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
