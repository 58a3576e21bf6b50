package io.posthorn.endpoint;

import io.posthorn.endpoint.Authorization.Basic;
import io.posthorn.endpoint.Authorization.Bearer;
import io.posthorn.endpoint.Authorization.OAuth2;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** By what an endpoint knows who calls it, beside the signatures; and by what Posthorn knows the endpoint. */
public record Credentials(Optional<Authorization> authorization, TlsIdentity tls) {

    public static final Credentials NONE = new Credentials(Optional.empty(), TlsIdentity.NONE);

    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";
    private static final String BEARER = "bearer";
    private static final String TOKEN_URL = "tokenUrl";
    private static final String CLIENT_ID = "clientId";
    private static final String CLIENT_SECRET = "clientSecret";
    private static final String SCOPE = "scope";
    private static final String AUDIENCE = "audience";
    private static final String SECRET_IN_BODY = "secretInBody";
    private static final String CERTIFICATE = "certificate";
    private static final String KEY = "key";
    private static final String AUTHORITIES = "authorities";

    /** The form in which they are stored, encrypted. */
    Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>();
        authorization.ifPresent(how -> {
            if (how instanceof Basic basic) {
                map.put(USERNAME, basic.username());
                map.put(PASSWORD, basic.password().reveal());
            } else if (how instanceof Bearer bearer) {
                map.put(BEARER, bearer.token().reveal());
            } else if (how instanceof OAuth2 oauth2) {
                map.put(TOKEN_URL, oauth2.tokenUrl());
                map.put(CLIENT_ID, oauth2.clientId());
                map.put(CLIENT_SECRET, oauth2.clientSecret().reveal());
                oauth2.scope().ifPresent(scope -> map.put(SCOPE, scope));
                oauth2.audience().ifPresent(audience -> map.put(AUDIENCE, audience));
                map.put(SECRET_IN_BODY, Boolean.toString(oauth2.secretInBody()));
            }
        });
        tls.certificate().ifPresent(certificate -> {
            map.put(CERTIFICATE, certificate.chain());
            map.put(KEY, certificate.key().reveal());
        });
        tls.authorities().ifPresent(authorities -> map.put(AUTHORITIES, authorities));
        return map;
    }

    static Credentials ofMap(Map<String, String> map) {
        return new Credentials(
                authorization(map),
                new TlsIdentity(
                        text(map, CERTIFICATE).map(chain -> new ClientCertificate(chain, secret(map, KEY))),
                        text(map, AUTHORITIES)));
    }

    private static Optional<Authorization> authorization(Map<String, String> map) {
        if (map.containsKey(USERNAME)) {
            return Optional.of(new Basic(map.getOrDefault(USERNAME, ""), secret(map, PASSWORD)));
        }
        if (map.containsKey(BEARER)) {
            return Optional.of(new Bearer(secret(map, BEARER)));
        }
        return text(map, TOKEN_URL)
                .map(url -> new OAuth2(
                        url,
                        map.getOrDefault(CLIENT_ID, ""),
                        secret(map, CLIENT_SECRET),
                        text(map, SCOPE),
                        text(map, AUDIENCE),
                        Boolean.parseBoolean(map.get(SECRET_IN_BODY))));
    }

    private static Optional<String> text(Map<String, String> map, String name) {
        return Optional.ofNullable(map.get(name));
    }

    private static SecretText secret(Map<String, String> map, String name) {
        return new SecretText(map.getOrDefault(name, ""));
    }
}
