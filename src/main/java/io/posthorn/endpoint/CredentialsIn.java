package io.posthorn.endpoint;

import io.posthorn.config.Certificates;
import io.posthorn.endpoint.Authorization.Basic;
import io.posthorn.endpoint.Authorization.Bearer;
import io.posthorn.endpoint.Authorization.OAuth2;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what a client says of an endpoint's credentials, and checks it so far that attempts can use it. */
final class CredentialsIn {

    private static final int MAX_TEXT = 4_096;
    private static final int MAX_PEM = 65_536;

    private static final Rule PLAIN = new Rule("\\P{Cntrl}*", "without control characters");
    /** A colon would end the name in the header. */
    private static final Rule USERNAME = new Rule("[^\\p{Cntrl}:]*", "without colons and control characters");
    /** A blank would end it, and a line break would begin another header. */
    private static final Rule TOKEN = new Rule("[\\x21-\\x7E]+", "of visible ASCII");

    private final boolean httpsOnly;
    private final Instant now;

    private CredentialsIn(boolean httpsOnly, Instant now) {
        this.httpsOnly = httpsOnly;
        this.now = now;
    }

    /** @throws ApiException 422 if there are none, or some that cannot be used */
    static Credentials of(JsonFields fields, boolean httpsOnly, Instant now) {
        CredentialsIn in = new CredentialsIn(httpsOnly, now);
        Credentials credentials = new Credentials(
                in.authorization(fields),
                new TlsIdentity(fields.nested("mutualTls", in::certificate), authorities(fields)));
        if (credentials.equals(Credentials.NONE)) {
            throw ApiException.malformed("", "expected basic, bearer, oauth2, mutualTls or ca");
        }
        return credentials;
    }

    private Optional<Authorization> authorization(JsonFields fields) {
        List<Authorization> given = Stream.<Optional<? extends Authorization>>of(
                        fields.nested("basic", CredentialsIn::basic),
                        fields.nested("bearer", CredentialsIn::bearer),
                        fields.nested("oauth2", this::oauth2))
                .<Authorization>flatMap(Optional::stream)
                .toList();
        if (given.size() > 1) {
            throw ApiException.malformed("", "expected one of basic, bearer and oauth2, not several");
        }
        return given.stream().findFirst();
    }

    private static Basic basic(JsonFields fields) {
        return new Basic(
                USERNAME.check("username", fields.requiredString("username")),
                new SecretText(PLAIN.check("password", fields.requiredString("password"))));
    }

    private static Bearer bearer(JsonFields fields) {
        return new Bearer(new SecretText(TOKEN.check("token", fields.requiredString("token"))));
    }

    private OAuth2 oauth2(JsonFields fields) {
        return new OAuth2(
                tokenUrl(fields),
                PLAIN.check("clientId", fields.requiredString("clientId")),
                new SecretText(PLAIN.check("clientSecret", fields.requiredString("clientSecret"))),
                fields.optionalString("scope").map(scope -> PLAIN.check("scope", scope)),
                fields.optionalString("audience").map(audience -> PLAIN.check("audience", audience)),
                secretInBody(fields));
    }

    private String tokenUrl(JsonFields fields) {
        String url = EndpointUrl.normalise("tokenUrl", fields.requiredString("tokenUrl"), httpsOnly);
        if (URI.create(url).getRawUserInfo() != null) {
            throw ApiException.invalid("tokenUrl", "must have no user in it; clientId and clientSecret say who asks");
        }
        return url;
    }

    private static boolean secretInBody(JsonFields fields) {
        return switch (fields.optionalString("clientAuthentication").orElse("basic")) {
            case "basic" -> false;
            case "post" -> true;
            default -> throw ApiException.invalid("clientAuthentication", "must be basic or post");
        };
    }

    private ClientCertificate certificate(JsonFields fields) {
        ClientCertificate certificate = new ClientCertificate(
                pem("certificate", fields.requiredString("certificate")),
                new SecretText(pem("privateKey", fields.requiredString("privateKey"))));
        fields.checked("certificate", () -> certificate.checkChain(now));
        fields.checked("privateKey", certificate::checkKey);
        return certificate;
    }

    private static Optional<String> authorities(JsonFields fields) {
        Optional<String> authorities = fields.optionalString("ca").map(text -> pem("ca", text));
        authorities.ifPresent(text -> fields.checked("ca", () -> Certificates.parse(text)));
        return authorities;
    }

    private static String pem(String field, String text) {
        if (text.length() > MAX_PEM) {
            throw ApiException.invalid(field, "must have at most " + MAX_PEM + " characters");
        }
        return text;
    }

    /** What a text may consist of. */
    private record Rule(Pattern pattern, String words) {

        Rule(String pattern, String words) {
            this(Pattern.compile(pattern), words);
        }

        String check(String field, String text) {
            if (text.length() > MAX_TEXT || !pattern.matcher(text).matches()) {
                throw ApiException.invalid(field, "must be at most " + MAX_TEXT + " characters " + words);
            }
            return text;
        }
    }
}
