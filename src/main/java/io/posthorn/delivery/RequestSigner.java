package io.posthorn.delivery;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.endpoint.Authorization;
import io.posthorn.endpoint.Authorization.OAuth2;
import io.posthorn.endpoint.Credentials;
import io.posthorn.endpoint.EndpointSecrets;
import io.posthorn.message.Message;
import io.posthorn.rest.Hops;
import io.posthorn.signature.PlainSignature;
import io.posthorn.signature.SigningSecret;
import io.posthorn.signature.StandardHeaders;
import io.posthorn.signature.StandardSignature;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes the request of an attempt: the payload as it was published, the endpoint's own headers and credentials, the
 * message's headers, and those of Standard Webhooks, with the signatures of all secrets that still sign.
 */
@ApplicationScoped
class RequestSigner {

    @Inject
    EndpointSecrets secrets;

    @Inject
    Settings settings;

    @Inject
    @Internal
    Clock clock;

    EndpointRequest sign(DueDelivery due) {
        Message message = due.message();
        List<SigningSecret> signing = secrets.signing(due.endpoint());
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(secrets.headers(due.endpoint()));
        message.headers().forEach(headers::putIfAbsent);
        // Some firewalls take a request without it for that of a bot.
        headers.putIfAbsent(HttpHeaders.ACCEPT, "*/*");
        if (message.hops() > 0) {
            headers.put(Hops.HEADER, Integer.toString(message.hops()));
        }
        headers.putAll(standard(message, signing));
        if (due.application().hasPlainSignature()) {
            headers.putAll(plain(message, signing));
        }
        // Without one, the client says application/json.
        message.contentType().ifPresent(type -> headers.put("content-type", type));
        URI url = URI.create(due.endpoint().url());
        Credentials credentials = secrets.credentials(due.endpoint());
        Optional<OAuth2> oauth2 =
                credentials.authorization().filter(OAuth2.class::isInstance).map(OAuth2.class::cast);
        if (oauth2.isEmpty()) {
            credentials
                    .authorization()
                    .or(() -> UrlUser.of(url))
                    .flatMap(Authorization::header)
                    // A header of the endpoint's own counts more than a user in its URL; beside other credentials there
                    // is none.
                    .ifPresent(value -> headers.putIfAbsent(HttpHeaders.AUTHORIZATION, value));
        }
        return new EndpointRequest(
                UrlUser.without(url),
                headers,
                message.payload(),
                credentials.tls(),
                oauth2.map(client -> new TokenGrant(due.endpointId(), client, credentials.tls())));
    }

    /** The newest symmetric secret signs, its whole text the key; a key pair has nothing that both sides know. */
    private static Map<String, String> plain(Message message, List<SigningSecret> signing) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of(PlainSignature.EVENT_ID_HEADER, message.id()));
        signing.stream()
                .filter(SigningSecret::isSymmetric)
                .findFirst()
                .ifPresent(secret -> headers.put(
                        PlainSignature.SIGNATURE_HEADER, PlainSignature.sign(secret.reveal(), message.payload())));
        return headers;
    }

    private Map<String, String> standard(Message message, List<SigningSecret> signing) {
        Instant now = clock.instant();
        StandardHeaders names = StandardHeaders.withPrefix(settings.delivery().headerPrefix());
        String signatures = signing.stream()
                .map(secret -> StandardSignature.sign(secret, message.id(), now, message.payload()))
                .collect(Collectors.joining(" "));
        return Map.of(
                names.id(), message.id(),
                names.timestamp(), Long.toString(now.getEpochSecond()),
                names.signature(), signatures);
    }
}
