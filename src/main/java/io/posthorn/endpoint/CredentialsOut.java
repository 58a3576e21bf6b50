package io.posthorn.endpoint;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.config.Certificates;
import io.posthorn.endpoint.Authorization.Basic;
import io.posthorn.endpoint.Authorization.Bearer;
import io.posthorn.endpoint.Authorization.OAuth2;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.security.cert.X509Certificate;

/** Credentials as clients see them: of which kind they are, who they name and until when, and no secret. */
final class CredentialsOut {

    private CredentialsOut() {}

    static JsonObject of(Credentials credentials) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        credentials.authorization().ifPresent(how -> add(json, how));
        credentials
                .tls()
                .certificate()
                .ifPresent(certificate ->
                        json.add("mutualTls", of(certificate.certificates().get(0))));
        JsonArrayBuilder trusted = JSON.createArrayBuilder();
        credentials.tls().trusted().forEach(authority -> trusted.add(of(authority)));
        credentials.tls().authorities().ifPresent(some -> json.add("ca", trusted));
        return json.build();
    }

    private static void add(JsonObjectBuilder json, Authorization how) {
        if (how instanceof Basic basic) {
            json.add("basic", JSON.createObjectBuilder().add("username", basic.username()));
        } else if (how instanceof Bearer) {
            json.add("bearer", JSON.createObjectBuilder());
        } else if (how instanceof OAuth2 oauth2) {
            json.add("oauth2", of(oauth2));
        }
    }

    private static JsonObjectBuilder of(OAuth2 oauth2) {
        JsonObjectBuilder json =
                JSON.createObjectBuilder().add("tokenUrl", oauth2.tokenUrl()).add("clientId", oauth2.clientId());
        oauth2.scope().ifPresent(scope -> json.add("scope", scope));
        oauth2.audience().ifPresent(audience -> json.add("audience", audience));
        return json.add("clientAuthentication", oauth2.secretInBody() ? "post" : "basic");
    }

    private static JsonObjectBuilder of(X509Certificate certificate) {
        return JSON.createObjectBuilder()
                .add("subject", certificate.getSubjectX500Principal().getName())
                .add("expiresAt", Certificates.expiry(certificate).toString());
    }
}
