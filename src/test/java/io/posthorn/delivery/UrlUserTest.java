package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.endpoint.Authorization.Basic;
import io.posthorn.endpoint.SecretText;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlUserTest {

    @ParameterizedTest
    @CsvSource({
        "https://u:p@example.com/a?b=c@d, u, p, https://example.com/a?b=c@d",
        "https://u@example.com:8443/, u, '', https://example.com:8443/",
        "https://a%40b:c%3Ad+e@example.com/, a@b, c:d+e, https://example.com/",
        "https://u:p@my_service/a, u, p, https://my_service/a",
        "https://u:a:b@[::1]/%7Ex, u, a:b, https://[::1]/%7Ex",
    })
    void aUserInAUrlBecomesCredentials(String url, String name, String password, String without) {
        assertThat(UrlUser.of(URI.create(url))).contains(new Basic(name, new SecretText(password)));
        assertThat(UrlUser.without(URI.create(url))).hasToString(without);
    }

    @Test
    void aUrlWithoutOneStaysAsItIs() {
        URI url = URI.create("https://example.com/a%20b?c=%2F");

        assertThat(UrlUser.of(url)).isEmpty();
        assertThat(UrlUser.without(url)).isEqualTo(url);
    }
}
