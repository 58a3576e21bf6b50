package io.posthorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.it.CertificateAuthority;
import io.posthorn.it.CertificateAuthority.Certified;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {

    private static final CertificateAuthority AUTHORITY = new CertificateAuthority("Test CA");
    private static final Certified LEAF = AUTHORITY.issue("leaf");

    @Test
    void allOfATextAreReadWhateverStandsBetweenThem() {
        String text = "# ours\n" + AUTHORITY.pem() + "\nBag Attributes: <No Attributes>\n" + LEAF.certificatePem();

        assertThat(Certificates.parse(text))
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .containsExactly("CN=Test CA", "CN=leaf,O=Posthorn's tests", "CN=Test CA");
    }

    @Test
    void theExpiryIsTheCertificates() {
        Instant expiry =
                Certificates.expiry(Certificates.parse(LEAF.certificatePem()).get(0));

        assertThat(Duration.between(Instant.now(), expiry)).isBetween(Duration.ofDays(29), Duration.ofDays(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no certificate",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
            })
    void aTextWithoutCertificatesIsRefused(String text) {
        assertThatThrownBy(() -> Certificates.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSettingNamesAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());

        assertThat(settings(file.toString()).authorities()).hasSize(1);
    }

    @Test
    void aFileThatIsNotThereOrHasNoCertificateStopsTheStart(@TempDir Path directory) throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");

        for (String path : new String[] {"/no/such/file.pem", empty.toString(), directory.toString()}) {
            assertThatThrownBy(() -> settings(path))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("posthorn.delivery.ca-file=" + path)
                    .hasMessageContaining("the path of a file with certificates in PEM");
        }
    }

    private static DeliverySettings settings(String file) {
        return DeliverySettings.from(new SettingReader(MapConfig.of("posthorn.delivery.ca-file", file)));
    }
}
