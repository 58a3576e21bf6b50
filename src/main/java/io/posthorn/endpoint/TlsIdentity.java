package io.posthorn.endpoint;

import io.posthorn.config.Certificates;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What is special in the TLS connections to an endpoint.
 *
 * @param certificate what it is shown; empty for none
 * @param authorities in PEM, by which it may be certified beside those that Posthorn trusts anyway
 */
public record TlsIdentity(Optional<ClientCertificate> certificate, Optional<String> authorities) {

    public static final TlsIdentity NONE = new TlsIdentity(Optional.empty(), Optional.empty());

    public List<X509Certificate> trusted() {
        return authorities.map(Certificates::parse).orElse(List.of());
    }
}
