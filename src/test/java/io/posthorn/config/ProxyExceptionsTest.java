package io.posthorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyExceptionsTest {

    private final ProxyExceptions exceptions = ProxyExceptions.parse(
            "10.0.0.0/8, 8.8.8.8,0EC2:1652:6021:693b:f928:565d:5a0e:de9f, [fd00::1], www.example.com, .Example.org,");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.255.0.1",
                "8.8.8.8",
                "[ec2:1652:6021:693b:f928:565d:5a0e:de9f]",
                "[fd00::1]",
                "[::ffff:808:808]",
                "www.example.com",
                "a.www.example.com",
                "WWW.example.com",
                "example.org",
                "a.example.org"
            })
    void anAddressOfABlockOrAHostOfANameIsOne(String host) {
        assertThat(exceptions.contains(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11.0.0.1",
                "8.8.4.4",
                "[ec2::1]",
                "play.example.com",
                "example.com",
                "notexample.org",
                "example.org.evil.example",
                "example.net.",
                "10.0.0.1.example.net"
            })
    void whatIsElsewhereIsNone(String host) {
        assertThat(exceptions.contains(host)).isFalse();
    }

    @Test
    void withoutAnyThereIsNone() {
        assertThat(ProxyExceptions.NONE.contains("localhost")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "example.com/24", "fd00::zz", "localhost:8080"})
    void whatIsNeitherANameNorAnAddressNorABlockIsRefused(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> ProxyExceptions.parse(entry));
    }
}
