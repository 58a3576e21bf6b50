package io.posthorn.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Certificates (X.509) as they stand in PEM. */
public final class Certificates {

    private Certificates() {}

    /** @throws IllegalArgumentException if the text has none, or one that cannot be read */
    public static List<X509Certificate> parse(String pem) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (byte[] block : Pem.blocks("CERTIFICATE", pem)) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
            }
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("no CERTIFICATE in PEM");
            }
            return List.copyOf(certificates);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a CERTIFICATE that cannot be read", e);
        }
    }

    /** @throws IllegalArgumentException if there is no such file, or no certificate in it */
    static List<X509Certificate> ofFile(String path) {
        try {
            return parse(Files.readString(Path.of(path)));
        } catch (IOException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    /** The last moment at which a certificate is valid. */
    public static Instant expiry(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }
}
