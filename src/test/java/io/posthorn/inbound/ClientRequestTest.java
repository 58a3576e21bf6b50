package io.posthorn.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.Subnets;
import io.posthorn.signature.RequestHeaders;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientRequestTest {

    private static final Subnets TRUSTED = Subnets.parse("10.0.0.0/8,::1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | X-Forwarded-For | 198.51.100.7              | 192.0.2.1",
                "10.0.0.1  | X-Forwarded-For | 198.51.100.7              | 198.51.100.7",
                "10.0.0.1  | X-Forwarded-For | 203.0.113.9, 198.51.100.7 | 198.51.100.7",
                "10.0.0.1  | X-Forwarded-For | 198.51.100.7, 10.0.0.2    | 198.51.100.7",
                "10.0.0.1  | X-Forwarded-For | evil.example              | 10.0.0.1",
                "10.0.0.1  | Forwarded       | for=198.51.100.7;proto=https | 198.51.100.7",
                "::1       | Forwarded       | For=\"[2001:db8::17]:4711\" | 2001:db8:0:0:0:0:0:17",
                "10.0.0.1  | Forwarded       | for=unknown               | 10.0.0.1",
                "10.0.0.1  | X-Forwarded-For | 1.2.3                     | 10.0.0.1",
                "10.0.0.1  | X-Forwarded-For | dead.beef                 | 10.0.0.1",
                "10.0.0.1  | X-Forwarded-For | 198.51.100.0/24           | 10.0.0.1",
                "10.0.0.1  | X-Forwarded-For | [2001:db8::17]            | 2001:db8:0:0:0:0:0:17",
                "10.0.0.1  | X-Other         | 198.51.100.7              | 10.0.0.1"
            })
    void whoForwardsCountsOnlyIfTrusted(String remote, String header, String value, String client) {
        assertThat(ClientRequest.address(remote, RequestHeaders.ofSingleValues(Map.of(header, value)), TRUSTED)
                        .getHostAddress())
                .isEqualTo(client);
    }
}
