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
        "https://example.com/[a]?b[]=[c], https://example.com/%5Ba%5D?b[]=[c]",
        "https://example.com/a#part, https://example.com/a#part",
        "https://example.com/a/../b/./c, https://example.com/b/c",
        "https://example.com/../../a/.., https://example.com/",
        "https://example.com/a/., https://example.com/a/",
        "https://example.com/a//b/%2e%2E/c, https://example.com/a//c",
        "https://bücher.example/ä b, https://xn--bcher-kva.example/%C3%A4%20b",
        "https://example.com/?q=caf\u00e9, https://example.com/?q=caf%C3%A9",
        "https://user:pa55@example.com, https://user:pa55@example.com/",
        "https://[::1]:443/, https://[::1]/",
        "https://[2001:DB8:0:0:0:0:0:1]/, https://[2001:db8::1]/",
        "https://[1:0:0:2:0:0:0:3]/, https://[1:0:0:2::3]/",
        "https://[::FFFF:1.2.3.4]/, https://[::ffff:102:304]/",
        "http://my_service:8080, http://my_service:8080/",
        "http://user:pa55@my_service/a, http://user:pa55@my_service/a",
        "http://host.1a/, http://host.1a/",
        "http://a-.example/, http://a-.example/",
        "http://%65xample.com/, http://example.com/",
        "http://0x7f.1/, http://127.0.0.1/",
        "http://2130706433/, http://127.0.0.1/",
        "http://0x7F000001:80/, http://127.0.0.1/",
        "http://0177.0.0.1/, http://127.0.0.1/",
        "http://127.1./, http://127.0.0.1/",
        "http://192.168.257/, http://192.168.1.1/",
        "http://255.255.255.255/, http://255.255.255.255/",
        "http:\\\\example.com\\a\\..\\b?c\\d, http://example.com/b?c%5Cd",
        "http://example.com/it's?it's#it's, http://example.com/it's?it%27s#it's",
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
                "https://1.2.3.256/",
                "https://1.2.3.4.5/",
                "https://a.08/",
                "https://4294967296/",
                "https://[12345::]/",
                "https://[1:2]/",
                "https://a%2Fb/",
                "https://a%zz/",
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
