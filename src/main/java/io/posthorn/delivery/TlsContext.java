package io.posthorn.delivery;

import io.posthorn.endpoint.ClientCertificate;
import io.posthorn.endpoint.TlsIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.core5.ssl.SSLContexts;

/** Makes the TLS side of a client: whom it believes, and what it shows of itself. */
final class TlsContext {

    private static final String ALIAS = "endpoint";
    private static final char[] NO_PASSWORD = {};

    private TlsContext() {}

    /** @param authorities of the installation, beside those of the platform and of the identity */
    static SSLContext of(TlsIdentity identity, List<X509Certificate> authorities) {
        if (identity.equals(TlsIdentity.NONE) && authorities.isEmpty()) {
            return SSLContexts.createDefault();
        }
        try {
            SSLContextBuilder builder = SSLContexts.custom();
            builder.loadTrustMaterial(
                    trust(Stream.concat(authorities.stream(), identity.trusted().stream())
                            .toList()),
                    null);
            if (identity.certificate().isPresent()) {
                // Shown whatever authorities the endpoint names: whoever configured it wants it shown.
                builder.loadKeyMaterial(key(identity.certificate().get()), NO_PASSWORD, (aliases, parameters) -> ALIAS);
            }
            return builder.build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The stored certificates cannot be used", e);
        }
    }

    private static KeyStore trust(List<X509Certificate> more) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        List<X509Certificate> all =
                Stream.concat(trustedByThePlatform(), more.stream()).toList();
        for (int i = 0; i < all.size(); i++) {
            store.setCertificateEntry("authority-" + i, all.get(i));
        }
        return store;
    }

    private static Stream<X509Certificate> trustedByThePlatform() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()));
    }

    private static KeyStore key(ClientCertificate certificate) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry(
                ALIAS,
                certificate.privateKey(),
                NO_PASSWORD,
                certificate.certificates().toArray(Certificate[]::new));
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
