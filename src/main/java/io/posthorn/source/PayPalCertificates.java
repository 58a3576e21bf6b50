package io.posthorn.source;

import static java.lang.System.Logger.Level.WARNING;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Fetches the certificates that PayPal signs with, each once. Only PayPal's own hosts are asked, and only a chain that the
 * platform trusts counts.
 */
final class PayPalCertificates implements Function<String, Optional<PublicKey>> {

    private static final System.Logger LOG = System.getLogger(PayPalCertificates.class.getName());

    private static final String HOSTS = ".paypal.com";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 65_536;
    private static final int MAX_KNOWN = 100;

    /** After the constants that it needs. */
    static final PayPalCertificates INSTANCE = new PayPalCertificates();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Map<String, X509Certificate> known = new ConcurrentHashMap<>();

    @Override
    public Optional<PublicKey> apply(String url) {
        if (!isPayPals(url)) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate = known.get(url);
            if (certificate == null) {
                certificate = fetch(url);
                if (known.size() < MAX_KNOWN) {
                    known.put(url, certificate);
                }
            }
            certificate.checkValidity();
            return Optional.of(certificate.getPublicKey());
        } catch (IOException | GeneralSecurityException e) {
            LOG.log(WARNING, "A certificate of PayPal could not be fetched or is not to be trusted", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static boolean isPayPals(String url) {
        try {
            URI uri = URI.create(url);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getHost().endsWith(HOSTS)
                    && uri.getPort() < 0
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }

    private X509Certificate fetch(String url) throws IOException, InterruptedException, GeneralSecurityException {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200 || answer.body().length > MAX_BYTES) {
            throw new IOException("answered " + answer.statusCode());
        }
        X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(answer.body()))
                .toArray(X509Certificate[]::new);
        trust().checkServerTrusted(chain, "RSA");
        if (!chain[0].getSubjectX500Principal().getName().contains("paypal.com")) {
            throw new GeneralSecurityException("The certificate is not PayPal's");
        }
        return chain[0];
    }

    private static X509TrustManager trust() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
