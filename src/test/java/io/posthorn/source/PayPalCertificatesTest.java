package io.posthorn.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.config.Certificates;
import io.posthorn.it.CertificateAuthority;
import io.posthorn.it.CertificateAuthority.Certified;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayPalCertificatesTest {

    private static final String URL = "https://api.paypal.com/v1/notifications/certs/CERT-1";
    private static final CertificateAuthority AUTHORITY = new CertificateAuthority("Posthorn's test authority");
    private static final Certified CERTIFIED = AUTHORITY.issueRsa("messageverificationcerts.paypal.com");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicLong nanoTime = new AtomicLong();
    private PayPalCertificates.Download answer = url -> pem(CERTIFIED);
    private final PayPalCertificates certificates = new PayPalCertificates(
            url -> {
                asked.add(url.toString());
                return answer.get(url);
            },
            PayPalCertificatesTest::requireTheAuthoritysTrust,
            nanoTime::get);

    @Test
    void theKeyIsThatOfTheCertificate() {
        assertThat(certificates.apply(URL)).contains(key(CERTIFIED));
    }

    @Test
    void aCertificateIsFetchedOnce() {
        certificates.apply(URL);
        nanoTime.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(certificates.apply(URL)).isPresent();
        assertThat(asked).containsExactly(URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                URL + "?n=1",
                URL + "#1",
                "https://API.PayPal.com/v1/notifications/certs/CERT-1",
                "https://api.paypal.com/v1/./x/../notifications/certs/CERT-1"
            })
    void anotherSpellingIsNotFetchedAgain(String url) {
        certificates.apply(URL);

        assertThat(certificates.apply(url)).contains(key(CERTIFIED));
        assertThat(asked).containsExactly(URL);
    }

    @Test
    void whatASpellingDoesNotFindIsNotMissingUnderTheOther() {
        answer = url -> {
            if (url.getQuery() != null) {
                throw new IOException("answered 404");
            }
            return pem(CERTIFIED);
        };

        certificates.apply(URL + "?nothing-here");

        assertThat(certificates.apply(URL)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.paypal.com/CERT-1",
                "https://api.paypal.com:8443/CERT-1",
                "https://user@api.paypal.com/CERT-1",
                "https://api.paypal.com.evil.example/CERT-1",
                "https://evilpaypal.com/CERT-1",
                "https://evil.example/.paypal.com",
                "https://evil.example#.paypal.com",
                "file:///etc/passwd",
                "//api.paypal.com/CERT-1",
                "https://api.paypal.com/ CERT-1",
                "mailto:a@paypal.com",
                ""
            })
    void nobodyElseIsAsked(String url) {
        assertThat(certificates.apply(url)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void whatAnotherAuthorityCertifiesIsNotTrusted() {
        Certified stranger = new CertificateAuthority("Somebody").issueRsa("messageverificationcerts.paypal.com");
        answer = url -> pem(stranger);

        assertThat(certificates.apply(URL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.paypal.com.shop.example", "evilpaypal.com"})
    void aCertificateOfSomebodyElseIsNotPayPals(String name) {
        Certified other = AUTHORITY.issueRsa(name);
        answer = url -> pem(other);

        assertThat(certificates.apply(URL)).isEmpty();
    }

    @Test
    void aCertificateThatHasExpiredIsNotTrusted() {
        Certified expired = AUTHORITY.issueExpired("messageverificationcerts.paypal.com");
        answer = url -> pem(expired);

        assertThat(certificates.apply(URL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void anAnswerWithoutACertificateHasNoKey(String text) {
        answer = url -> text.getBytes(US_ASCII);

        assertThat(certificates.apply(URL)).isEmpty();
    }

    @Test
    void whatFailedIsTriedAgainAfterAMinute() {
        answer = url -> {
            throw new IOException("answered 503");
        };
        certificates.apply(URL);
        answer = url -> pem(CERTIFIED);

        nanoTime.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(certificates.apply(URL)).isEmpty();
        assertThat(asked).hasSize(1);

        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(certificates.apply(URL)).isPresent();
    }

    @Test
    void strangersUrlsDoNotPushOutTheOneThatIsInUse() {
        certificates.apply(URL);
        for (int i = 0; i < 200; i++) {
            certificates.apply(URL + i);
            certificates.apply(URL);
        }

        assertThat(asked).hasSize(201).filteredOn(URL::equals).hasSize(1);
    }

    @Test
    void asManyAsComeInAreNotAllKept() {
        IntStream.range(0, 101).forEach(i -> certificates.apply(URL + i));

        certificates.apply(URL + 0);

        assertThat(asked).filteredOn((URL + 0)::equals).hasSize(2);
    }

    @Test
    void whoComesDuringAFetchWaitsForIt() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        answer = url -> {
            open.await(10, TimeUnit.SECONDS);
            return pem(CERTIFIED);
        };
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            List<CompletableFuture<Optional<PublicKey>>> keys = IntStream.range(0, 5)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> certificates.apply(URL), threads))
                    .toList();
            await().until(() -> !asked.isEmpty());
            open.countDown();

            assertThat(keys)
                    .allSatisfy(key -> assertThat(key.get(10, TimeUnit.SECONDS)).contains(key(CERTIFIED)));
            assertThat(asked).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] pem(Certified certified) {
        return certified.certificatePem().getBytes(US_ASCII);
    }

    private static PublicKey key(Certified certified) {
        return certified.chain().get(0).getPublicKey();
    }

    /** As the platform's, but of an authority of this test. */
    private static void requireTheAuthoritysTrust(X509Certificate[] chain) throws GeneralSecurityException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "authority", Certificates.parse(AUTHORITY.pem()).get(0));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            ((X509TrustManager) factory.getTrustManagers()[0]).checkServerTrusted(chain, "RSA");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
