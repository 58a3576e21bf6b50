package io.posthorn.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.posthorn.rest.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com/",
        "HTTPS://EXAMPLE.com/Path, https://example.com/Path",
        "https://example.com:443/a, https://example.com/a",
        "http://example.com:80/a, http://example.com/a",
        "https://example.com:80/a, https://example.com:80/a",
        "https://example.com:8443, https://example.com:8443/",
        "https://example.com:/a, https://example.com/a",
        "https://example.com?a=1&b=%20x, https://example.com/?a=1&b=%20x",
        "https://example.com/a%2Fb/, https://example.com/a%2Fb/",
        "https://example.com/a#part, https://example.com/a#part",
        "https://example.com/a/../b/./c, https://example.com/b/c",
        "https://example.com/../../a/.., https://example.com/",
        "https://example.com/a/., https://example.com/a/",
        "https://example.com/a//b/%2e%2E/c, https://example.com/a//c",
        "https://bücher.example/ä b, https://xn--bcher-kva.example/%C3%A4%20b",
        "https://example.com/?q=caf\u00e9, https://example.com/?q=caf%C3%A9",
        "https://user:pa55@example.com, https://user:pa55@example.com/",
        "https://[::1]:443/, https://[::1]/",
        "'  https://example.com/a ', https://example.com/a"
    })
    void aUrlIsKeptInItsNormalForm(String given, String normal) {
        assertThat(EndpointUrl.normalise("url", given, false)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "/path",
                "//example.com/",
                "https:",
                "https://",
                "https:///path",
                "https:example.com",
                "ftp://example.com/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "https://exa mple.com/",
                "https://example.com:65536/",
                "https://example.com:-1/",
                "https://example.com:x/",
                "https://example.com/%zz",
                "https://example.com/\r\nX-B: 1"
            })
    void whatIsNoAbsoluteWebAddressIsRefused(String url) {
        assertRefused(url, false, "body.url: must be an absolute http or https URL");
    }

    @Test
    void anEndlessUrlIsRefused() {
        assertRefused(
                "https://example.com/" + "a".repeat(65_536), true, "body.url: must be an absolute http or https URL");
    }

    @Test
    void plainHttpIsRefusedWithTheSettingThatAllowsIt() {
        assertRefused(
                "http://example.com/",
                true,
                "body.url: must use https; posthorn.delivery.https-only=false allows http");
    }

    @Test
    void httpsIsTakenWhereOnlyHttpsIsAllowed() {
        assertThat(EndpointUrl.normalise("url", "https://example.com/", true)).isEqualTo("https://example.com/");
    }

    private static void assertRefused(String url, boolean httpsOnly, String message) {
        assertThatThrownBy(() -> EndpointUrl.normalise("url", url, httpsOnly))
                .hasMessage(message)
                .asInstanceOf(type(ApiException.class))
                .extracting(ApiException::status)
                .isEqualTo(422);
    }
}
