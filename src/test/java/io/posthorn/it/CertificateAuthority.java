package io.posthorn.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of a test's own, which issues certificates through the JDK's keytool. */
public final class CertificateAuthority {

    private static final String PASSWORD = "changeit";
    private static final String OWN = "own";
    private static final String HERE = "san=dns:localhost,ip:127.0.0.1";

    private final AtomicInteger serial = new AtomicInteger();
    private final Path directory;
    private final X509Certificate certificate;

    public CertificateAuthority(String name) {
        try {
            directory = Files.createTempDirectory("authority");
            keytool(
                    OWN,
                    "-genkeypair",
                    List.of("-keyalg", "EC", "-dname", "CN=" + name, "-ext", "bc:critical=ca:true"));
            certificate = (X509Certificate) load(OWN).getCertificate(OWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it has certified, with the key. */
    public record Certified(PrivateKey key, List<X509Certificate> chain) {

        public String certificatePem() {
            return chain.stream().map(each -> pem("CERTIFICATE", encoded(each))).reduce("", String::concat);
        }

        public String keyPem() {
            return pem("PRIVATE KEY", key.getEncoded());
        }
    }

    /** Issues a certificate for this machine. */
    public Certified issue(String name) {
        return issue(name, "EC", HERE, "-validity", "30");
    }

    public Certified issueExpired(String name) {
        return issue(name, "EC", HERE, "-startdate", "-10d", "-validity", "5");
    }

    public Certified issueRsa(String name) {
        return issue(name, "RSA", HERE, "-validity", "30");
    }

    /** Issues a certificate for a machine that is not this one. */
    Certified issueForElsewhere(String name) {
        return issue(name, "EC", "san=dns:elsewhere.example", "-validity", "30");
    }

    public String pem() {
        return pem("CERTIFICATE", encoded(certificate));
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** The TLS side of a server that is certified, and believes the clients that an authority has certified. */
    public static SSLContext serverContext(Certified server, CertificateAuthority ofClients) {
        try {
            KeyStore keys = empty();
            keys.setKeyEntry(
                    "key", server.key(), PASSWORD.toCharArray(), server.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, PASSWORD.toCharArray());
            KeyStore trusted = empty();
            trusted.setCertificateEntry("clients", ofClients.certificate());
            TrustManagerFactory trustManagers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustManagers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Certified issue(String name, String algorithm, String extension, String... life) {
        String alias = "issued" + serial.incrementAndGet();
        String request = directory.resolve(alias + ".csr").toString();
        Path answer = directory.resolve(alias + ".crt");
        try {
            String owner = "CN=" + name + ",O=Posthorn's tests";
            keytool(alias, "-genkeypair", List.of("-keyalg", algorithm, "-dname", owner));
            keytool(alias, "-certreq", List.of("-file", request));
            List<String> signing = new ArrayList<>(List.of("-infile", request, "-outfile", answer.toString()));
            signing.addAll(List.of("-rfc", "-ext", extension));
            signing.addAll(List.of(life));
            keytool(OWN, "-gencert", signing);
            PrivateKey key = (PrivateKey) load(alias).getKey(alias, PASSWORD.toCharArray());
            return new Certified(
                    key, List.of(Certificates.parse(Files.readString(answer)).get(0), certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param alias of an entry in a store of its own */
    private void keytool(String alias, String action, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(
                List.of(action, "-alias", alias, "-keystore", store(alias).toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path store(String alias) {
        return directory.resolve(alias + ".p12");
    }

    private KeyStore load(String alias) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store(alias))) {
            store.load(stream, PASSWORD.toCharArray());
        }
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content)
                + "\n-----END " + label + "-----\n";
    }
}
