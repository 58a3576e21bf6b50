package io.posthorn.source;

import static java.lang.System.Logger.Level.WARNING;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Fetches the certificates that PayPal signs with. Only PayPal's own hosts are asked, and only a chain that the platform
 * trusts counts. A request names the URL before anything of it is verified, so a stranger can have these hosts asked: each
 * URL is asked once at a time, for a short while, and one that has failed not again for a minute.
 */
final class PayPalCertificates implements Function<String, Optional<PublicKey>> {

    private static final System.Logger LOG = System.getLogger(PayPalCertificates.class.getName());

    private static final String HOSTS = ".paypal.com";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 65_536;
    private static final int MAX_REMEMBERED = 100;
    private static final long REST_AFTER_FAILURE = Duration.ofMinutes(1).toNanos();

    /** After the constants that it needs. */
    static final PayPalCertificates INSTANCE = new PayPalCertificates(
            new BoundedDownload(TIMEOUT, MAX_BYTES)::get, PayPalCertificates::requirePlatformsTrust, System::nanoTime);

    /** Gets what a URL has. */
    @FunctionalInterface
    interface Download {
        byte[] get(URI url) throws IOException, InterruptedException;
    }

    /** Decides on a chain of certificates. */
    @FunctionalInterface
    interface Trust {
        /** @throws GeneralSecurityException if it is not to be trusted */
        void require(X509Certificate[] chain) throws GeneralSecurityException;
    }

    private final Download download;
    private final Trust trust;
    private final LongSupplier nanoTime;
    private final Map<URI, X509Certificate> known = lastUsed();
    private final Map<URI, Long> failures = lastUsed();
    private final Map<URI, CompletableFuture<Optional<X509Certificate>>> running = new ConcurrentHashMap<>();

    PayPalCertificates(Download download, Trust trust, LongSupplier nanoTime) {
        this.download = download;
        this.trust = trust;
        this.nanoTime = nanoTime;
    }

    @Override
    public Optional<PublicKey> apply(String url) {
        return payPals(url)
                .flatMap(this::certificate)
                .filter(PayPalCertificates::isValid)
                .map(X509Certificate::getPublicKey);
    }

    /** The URL without the parts that may differ for one certificate; empty if it is not PayPal's. */
    private static Optional<URI> payPals(String url) {
        try {
            URI uri = URI.create(url).normalize();
            return isPayPals(uri)
                    ? Optional.of(URI.create("https://" + uri.getHost().toLowerCase(Locale.ROOT) + uri.getRawPath()))
                    : Optional.empty();
        } catch (IllegalArgumentException notAUrl) {
            return Optional.empty();
        }
    }

    private static boolean isPayPals(URI uri) {
        return "https".equals(uri.getScheme())
                && uri.getHost() != null
                && uri.getHost().toLowerCase(Locale.ROOT).endsWith(HOSTS)
                && uri.getPort() < 0
                && uri.getRawUserInfo() == null;
    }

    private Optional<X509Certificate> certificate(URI url) {
        CompletableFuture<Optional<X509Certificate>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<X509Certificate>> anothers = running.putIfAbsent(url, mine);
        if (anothers != null) {
            return anothers.join();
        }
        try {
            mine.complete(remembered(url).or(() -> fetched(url)));
            return mine.join();
        } finally {
            // Whatever has come of it, nobody may wait for ever.
            mine.complete(Optional.empty());
            running.remove(url);
        }
    }

    private Optional<X509Certificate> remembered(URI url) {
        return Optional.ofNullable(known.get(url));
    }

    private Optional<X509Certificate> fetched(URI url) {
        Long failure = failures.get(url);
        if (failure != null && nanoTime.getAsLong() - failure < REST_AFTER_FAILURE) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate = read(download.get(url));
            known.put(url, certificate);
            return Optional.of(certificate);
        } catch (IOException | GeneralSecurityException e) {
            LOG.log(WARNING, "A certificate of PayPal could not be fetched or is not to be trusted", e);
            failures.put(url, nanoTime.getAsLong());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private X509Certificate read(byte[] pem) throws GeneralSecurityException {
        X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem))
                .toArray(X509Certificate[]::new);
        if (chain.length == 0) {
            throw new CertificateException("There is no certificate in the answer");
        }
        trust.require(chain);
        if (!namesPayPal(chain[0])) {
            throw new CertificateException("The certificate is not PayPal's");
        }
        return chain[0];
    }

    private static boolean namesPayPal(X509Certificate certificate) throws CertificateException {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .anyMatch(part -> part.getValue().toString().endsWith(HOSTS));
        } catch (InvalidNameException e) {
            throw new CertificateException("The certificate has an odd name", e);
        }
    }

    private static boolean isValid(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateException expired) {
            return false;
        }
    }

    private static void requirePlatformsTrust(X509Certificate[] chain) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow()
                .checkServerTrusted(chain, "RSA");
    }

    /** As many as that, those that were used last. */
    private static <V> Map<URI, V> lastUsed() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<URI, V> eldest) {
                return size() > MAX_REMEMBERED;
            }
        });
    }
}
