package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.models.AppPortalAccessIn;
import com.svix.models.EndpointHeadersIn;
import com.svix.models.EndpointIn;
import com.svix.models.MessageAttemptOut;
import com.svix.models.MessageOut;
import io.posthorn.it.CertificateAuthority.Certified;
import io.posthorn.it.TokenServer.Asked;
import jakarta.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what endpoints know who calls them, beside the signatures, and by what they are known. */
abstract class CredentialStories extends MessageStories {

    private static final CertificateAuthority AUTHORITY = new CertificateAuthority("An authority of our own");
    private static final Certified SERVER = AUTHORITY.issue("receiver");
    private static final String BASIC = "{\"basic\":{\"username\":\"shop\",\"password\":\"pässword\"}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"basic\":{\"username\":\"shop\",\"password\":\"pässword\"}} | Basic c2hvcDpww6Rzc3dvcmQ= | {\"basic\":{\"username\":\"shop\"}}",
                "{\"bearer\":{\"token\":\"s3cret\"}}                           | Bearer s3cret              | {\"bearer\":{}}"
            })
    void credentialsAreSentWithEachRequestAndNeverShownAgain(String given, String header, String shown)
            throws Exception {
        String app = application();
        String path = path();
        String url = credentialsUrl(app, endpoint(app, path).getId());

        assertThat(gateway.manage("PUT", url, given).statusCode()).isEqualTo(204);
        publish(app, "order.paid");

        Receiver.Request request = awaitRequests(path, 1).get(0);
        assertThat(request.headers().get("Authorization")).containsExactly(header);
        assertThat(request.headers()).containsKey("Webhook-signature");
        assertThat(gateway.manage("GET", url, "").body()).isEqualTo(shown);
    }

    @Test
    void credentialsThatWereRemovedAreSentNoMore() throws Exception {
        String app = application();
        String path = path();
        String url = credentialsUrl(app, endpoint(app, path).getId());
        gateway.manage("PUT", url, BASIC);

        assertThat(gateway.manage("DELETE", url, "").statusCode()).isEqualTo(204);
        assertThat(gateway.manage("DELETE", url + "/", "").statusCode()).isEqualTo(204);
        publish(app, "order.paid");

        assertThat(awaitRequests(path, 1).get(0).headers()).doesNotContainKey("Authorization");
        assertThat(gateway.manage("GET", url, "").body()).isEqualTo("{}");
    }

    @Test
    void aUserInTheUrlIsSentInAHeader() throws Exception {
        String app = application();
        String path = path();
        String url = receiver.url(path).replace("http://", "http://shop:p%40ss@");
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create(url)));

        publish(app, "order.paid");

        assertThat(awaitRequests(path, 1).get(0).header("Authorization")).isEqualTo("Basic c2hvcDpwQHNz");
    }

    @Test
    void aHeaderAuthorizationAndCredentialsExcludeEachOther() throws Exception {
        String app = application();
        String withHeader = endpoint(app, path()).getId();
        String withCredentials = endpoint(app, path()).getId();
        EndpointHeadersIn header = new EndpointHeadersIn().headers(Map.of("AUTHORIZATION", "Digest x"));
        svix.getEndpoint().updateHeaders(app, withHeader, header);
        gateway.manage("PUT", credentialsUrl(app, withCredentials), BASIC);

        HttpResponse<String> credentials = gateway.manage("PUT", credentialsUrl(app, withHeader), BASIC);
        HttpResponse<String> headers = gateway.manage(
                "PATCH",
                "/api/v1/app/" + app + "/endpoint/" + withCredentials + "/headers",
                "{\"headers\":{\"authorization\":\"Digest x\"}}");

        assertThat(List.of(credentials.statusCode(), headers.statusCode())).containsExactly(422, 422);
        assertThat(credentials.body()).contains("header Authorization and its credentials exclude each other");
        assertThat(headers.body()).contains("header Authorization and its credentials exclude each other");
        assertThat(gateway.manage("PUT", credentialsUrl(app, withHeader), ca(AUTHORITY))
                        .statusCode())
                .isEqualTo(204);
    }

    // OAuth 2 ----------------------------------------------------------------------------------------------------

    @Test
    void aTokenIsAskedForOnceAndSentWithEachRequest() throws Exception {
        try (TokenServer tokens = new TokenServer()) {
            String app = application();
            String path = path();
            String url = credentialsUrl(app, endpoint(app, path).getId());

            gateway.manage("PUT", url, oauth2(tokens));
            for (int i = 0; i < 5; i++) {
                publish(app, "order.paid");
            }

            assertThat(awaitRequests(path, 5))
                    .allMatch(request -> request.header("Authorization").equals("Bearer token-1"));
            assertThat(tokens.asked())
                    .containsExactly(new Asked("Basic c2hvcDpzM2NyZXQ=", "grant_type=client_credentials&scope=hooks"));
            assertThat(gateway.manage("GET", url, "").body())
                    .isEqualTo("{\"oauth2\":{\"tokenUrl\":\"" + tokens.url()
                            + "\",\"clientId\":\"shop\",\"scope\":\"hooks\",\"clientAuthentication\":\"basic\"}}");
        }
    }

    @Test
    void aTokenThatIsRefusedIsReplacedOnceInTheSameAttempt() throws Exception {
        try (TokenServer tokens = new TokenServer()) {
            String app = application();
            String path = path();
            gateway.manage("PUT", credentialsUrl(app, endpoint(app, path).getId()), oauth2(tokens));
            publish(app, "order.paid");
            awaitRequests(path, 1);
            receiver.answer(path, n -> n == 2 ? 401 : 200);

            MessageOut message = publish(app, "order.paid");

            assertThat(awaitAttempts(app, message, 1).get(0).getResponseStatusCode())
                    .isEqualTo((short) 200);
            assertThat(awaitRequests(path, 3))
                    .extracting(request -> request.header("Authorization"))
                    .containsExactly("Bearer token-1", "Bearer token-1", "Bearer token-2");
        }
    }

    @Test
    void aNewTokenThatIsRefusedIsNotReplaced() throws Exception {
        try (TokenServer tokens = new TokenServer()) {
            String app = application();
            String path = path();
            receiver.answer(path, n -> 401);
            gateway.manage("PUT", credentialsUrl(app, endpoint(app, path).getId()), oauth2(tokens));

            MessageOut message = publish(app, "order.paid");

            assertThat(awaitAttempts(app, message, 1).get(0).getResponseStatusCode())
                    .isEqualTo((short) 401);
            assertThat(tokens.asked()).hasSize(1);
            awaitRequests(path, 1);
        }
    }

    @Test
    void aTokenThatCannotBeHadFailsTheAttemptAndSaysWhyAndTheNextTriesAnew() throws Exception {
        try (TokenServer tokens = new TokenServer()) {
            tokens.setBroken(true);
            String app = application();
            String path = path();
            String endpoint = endpoint(app, path).getId();
            triedForLong(app, endpoint);
            gateway.manage("PUT", credentialsUrl(app, endpoint), oauth2(tokens));

            MessageOut message = publish(app, "order.paid");
            await().atMost(SOON).until(() -> !attempts(app, message).isEmpty());
            tokens.setBroken(false);
            awaitRequests(path, 1);

            List<MessageAttemptOut> attempts = attempts(app, message);
            MessageAttemptOut first = attempts.get(attempts.size() - 1);
            assertThat(first.getResponseStatusCode()).isZero();
            assertThat(first.getResponse())
                    .isEqualTo("no access token from localhost: it answered 401: invalid_client (Nobody knows it)");
        }
    }

    @Test
    void aTokenEndpointOutsideThePublicInternetIsBlocked() throws Exception {
        String app = application();
        String path = path();
        String oauth2 =
                "{\"oauth2\":{\"tokenUrl\":\"http://169.254.169.254/latest\",\"clientId\":\"a\",\"clientSecret\":\"b\"}}";
        gateway.manage("PUT", credentialsUrl(app, endpoint(app, path).getId()), oauth2);

        MessageOut message = publish(app, "order.paid");

        await().atMost(SOON).until(() -> !attempts(app, message).isEmpty());
        assertThat(attempts(app, message).get(0).getResponse())
                .startsWith("no access token from 169.254.169.254: blocked: 169.254.169.254");
        assertThat(receiver.requestsTo(path)).isEmpty();
    }

    // TLS --------------------------------------------------------------------------------------------------------

    @Test
    void eachEndpointIsShownItsOwnCertificate() throws Exception {
        Certified first = AUTHORITY.issue("first");
        Certified second = AUTHORITY.issueRsa("second");
        try (Receiver demanding = new Receiver(CertificateAuthority.serverContext(SERVER, AUTHORITY), true)) {
            String app = application();
            List<String> paths = List.of(path(), path());
            String url = tlsEndpoint(app, demanding, paths.get(0));
            gateway.manage("PUT", url, mutualTls(first));
            gateway.manage("PUT", tlsEndpoint(app, demanding, paths.get(1)), mutualTls(second));

            for (int i = 0; i < 3; i++) {
                publish(app, "order.paid");
            }

            await().atMost(SOON)
                    .until(() -> paths.stream()
                            .allMatch(path -> demanding.requestsTo(path).size() == 3));
            assertThat(certificates(demanding, paths.get(0))).containsExactly("CN=first,O=Posthorn's tests");
            assertThat(certificates(demanding, paths.get(1))).containsExactly("CN=second,O=Posthorn's tests");
            HttpResponse<String> shown = gateway.manage("GET", url, "");
            assertThat(Gateway.json(shown).getJsonObject("mutualTls").getString("subject"))
                    .isEqualTo("CN=first,O=Posthorn's tests");
            assertThat(shown.body()).doesNotContain("KEY");
        }
    }

    @Test
    void whereACertificateIsDemandedNothingArrivesWithoutOne() throws Exception {
        try (Receiver demanding = new Receiver(CertificateAuthority.serverContext(SERVER, AUTHORITY), true)) {
            String app = application();
            String path = path();
            gateway.manage("PUT", tlsEndpoint(app, demanding, path), ca(AUTHORITY));

            MessageOut message = publish(app, "order.paid");

            assertThat(awaitAttempts(app, message, 3)).allMatch(attempt -> attempt.getResponseStatusCode() == 0);
            assertThat(demanding.requestsTo(path)).isEmpty();
        }
    }

    @Test
    void anEndpointOfAnotherAuthorityIsReachedOnceItIsNamed() throws Exception {
        try (Receiver certified = new Receiver(CertificateAuthority.serverContext(SERVER, AUTHORITY), false)) {
            String app = application();
            String path = path();
            String url = tlsEndpoint(app, certified, path);

            MessageOut unknown = publish(app, "order.paid");
            List<MessageAttemptOut> refused = awaitAttempts(app, unknown, 3);
            gateway.manage("PUT", url, ca(AUTHORITY));
            publish(app, "order.paid");

            assertThat(refused.get(0).getResponse()).startsWith("no TLS connection: ");
            await().atMost(SOON).until(() -> certified.requestsTo(path).size() == 1);
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        Certified elsewhere = AUTHORITY.issueForElsewhere("elsewhere");
        try (Receiver certified = new Receiver(CertificateAuthority.serverContext(elsewhere, AUTHORITY), false)) {
            String app = application();
            String path = path();
            gateway.manage("PUT", tlsEndpoint(app, certified, path), ca(AUTHORITY));

            MessageOut message = publish(app, "order.paid");

            assertThat(awaitAttempts(app, message, 3).get(0).getResponse()).startsWith("no TLS connection: ");
            assertThat(certified.requestsTo(path)).isEmpty();
        }
    }

    // Who may, and what may be said ------------------------------------------------------------------------------

    @Test
    void credentialsAreForWhoeverMayChangeTheEndpoint() throws Exception {
        String app = application();
        String path = credentialsUrl(app, endpoint(app, path()).getId());
        String ofAnother = credentialsUrl(application(), "ep_1srOrx2ZWZBpBUvZwXKQmoEYga2");
        String portal = svix.getAuthentication()
                .appPortalAccess(app, new AppPortalAccessIn())
                .getToken();
        String reading = Gateway.json(
                        gateway.manage("POST", "/api/v1/auth/token", "{\"name\":\"looks\",\"role\":\"read-only\"}"))
                .getString("token");

        assertThat(statusWith("Bearer nobody", "PUT", path, BASIC)).isEqualTo(401);
        assertThat(statusWith("Basic abc", "GET", path, "")).isEqualTo(401);
        assertThat(statusWith("Bearer " + portal, "PUT", path, BASIC)).isEqualTo(204);
        assertThat(statusWith("Bearer " + portal, "GET", ofAnother, "")).isEqualTo(404);
        assertThat(statusWith("Bearer " + reading, "GET", path, "")).isEqualTo(200);
        assertThat(statusWith("Bearer " + reading, "PUT", path, BASIC)).isEqualTo(403);
        assertThat(statusWith("Bearer " + reading, "DELETE", path, "")).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT    | EP      |                                        | 422",
                "PUT    | EP      | {                                      | 422",
                "PUT    | EP      | []                                     | 422",
                "PUT    | EP      | {}                                     | 422",
                "PUT    | EP      | {\"basic\":{\"username\":\"a\"}}       | 422",
                "PUT    | EP      | {\"ca\":\"no PEM\"}                    | 422",
                "PUT    | EP      | {\"oauth2\":{\"tokenUrl\":\"ftp://x/\",\"clientId\":\"a\",\"clientSecret\":\"b\"}} | 422",
                "PUT    | ep_none | {\"bearer\":{\"token\":\"t\"}}         | 404",
                "GET    | ep_none |                                        | 404",
                "DELETE | ep_none |                                        | 404",
                "POST   | EP      | {\"bearer\":{\"token\":\"t\"}}         | 405",
            })
    void whatMakesNoSenseIsRefused(String method, String endpoint, String body, int status) throws Exception {
        String app = application();
        String id = endpoint.equals("EP") ? endpoint(app, path()).getId() : endpoint;

        HttpResponse<String> answer = gateway.manage(method, credentialsUrl(app, id), body == null ? "" : body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(gateway.manage(
                                "GET", credentialsUrl(app, endpoint(app, path()).getId()), "")
                        .body())
                .isEqualTo("{}");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        String app = application();
        String url = credentialsUrl(app, endpoint(app, path()).getId());

        assertThat(gateway.manage("PUT", url, "{\"ca\":\"" + "a".repeat(MAX_API_BODY) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void manyWhoChangeCredentialsAtOnceLeaveThoseOfOneOfThem() throws Exception {
        String app = application();
        String path = path();
        String url = credentialsUrl(app, endpoint(app, path).getId());

        List<Integer> statuses = IntStream.range(0, 30)
                .parallel()
                .mapToObj(i -> gateway.manage("PUT", url, "{\"bearer\":{\"token\":\"t" + i + "\"}}")
                        .statusCode())
                .toList();
        publish(app, "order.paid");

        assertThat(statuses).containsOnly(204);
        assertThat(awaitRequests(path, 1).get(0).header("Authorization")).matches("Bearer t\\d+");
    }

    @Test
    void endpointsOfOperationalWebhooksHaveCredentialsToo() {
        String endpoint = Gateway.json(gateway.manage(
                        "POST", "/api/v1/operational-webhook/endpoint", "{\"url\":\"" + receiver.url(path()) + "\"}"))
                .getString("id");
        String url = "/api/v1/operational-webhook/endpoint/" + endpoint;

        assertThat(gateway.manage("PUT", url + "/credentials", BASIC).statusCode())
                .isEqualTo(204);
        assertThat(gateway.manage("GET", url + "/credentials", "").body())
                .isEqualTo("{\"basic\":{\"username\":\"shop\"}}");
        assertThat(gateway.manage("DELETE", url, "").statusCode()).isEqualTo(204);
    }

    private int statusWith(String authorization, String method, String path, String body) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri(path))
                        .header("Authorization", authorization)
                        .method(method, BodyPublishers.ofString(body)))
                .statusCode();
    }

    private static String credentialsUrl(String app, String endpoint) {
        return "/api/v1/app/" + app + "/endpoint/" + endpoint + "/credentials";
    }

    /** Makes an endpoint of that receiver, and says where its credentials are. */
    private String tlsEndpoint(String app, Receiver tls, String path) throws Exception {
        return credentialsUrl(
                app,
                svix.getEndpoint()
                        .create(app, new EndpointIn().url(URI.create(tls.url(path))))
                        .getId());
    }

    @Test
    void whatAnEndpointRefusesUnreadOverHttp2ComesAtOnceAndWhatItMayHaveReadByTheSchedule() throws Exception {
        try (Http2Receiver certified = new Http2Receiver(CertificateAuthority.serverContext(SERVER, AUTHORITY))) {
            certified.react(n -> switch (n) {
                case 1 -> (connection, stream) -> connection.reset(stream, Http2Receiver.REFUSED_STREAM);
                case 3 -> (connection, stream) -> connection.close();
                default -> Http2Receiver.Connection::succeed;
            });
            String app = application();
            String endpoint = svix.getEndpoint()
                    .create(app, new EndpointIn().url(URI.create(certified.url("/"))))
                    .getId();
            gateway.manage("PUT", credentialsUrl(app, endpoint), ca(AUTHORITY));

            MessageOut refused = publish(app, "order.paid");
            assertThat(statuses(app, refused, 1)).containsExactly(200);
            assertThat(certified.requests()).hasSize(2);

            MessageOut cutOff = publish(app, "order.paid");
            assertThat(statuses(app, cutOff, 2)).containsExactly(200, 0);
            assertThat(certified.requests()).hasSize(4);
        }
    }

    private List<Integer> statuses(String app, MessageOut message, int attempts) throws Exception {
        return awaitAttempts(app, message, attempts).stream()
                .map(attempt -> attempt.getResponseStatusCode().intValue())
                .toList();
    }

    private static Set<String> certificates(Receiver demanding, String path) {
        return demanding.requestsTo(path).stream()
                .flatMap(request -> request.certificate().stream())
                .collect(Collectors.toSet());
    }

    private static String oauth2(TokenServer tokens) {
        return json(
                "oauth2",
                Map.of("tokenUrl", tokens.url(), "clientId", "shop", "clientSecret", "s3cret", "scope", "hooks"));
    }

    private static String mutualTls(Certified client) {
        String mutualTls =
                json("mutualTls", Map.of("certificate", client.certificatePem(), "privateKey", client.keyPem()));
        return mutualTls.substring(0, mutualTls.length() - 1) + ","
                + ca(AUTHORITY).substring(1);
    }

    private static String ca(CertificateAuthority authority) {
        return Json.createObjectBuilder().add("ca", authority.pem()).build().toString();
    }

    private static String json(String name, Map<String, String> fields) {
        return Json.createObjectBuilder()
                .add(name, Json.createObjectBuilder(Map.copyOf(fields)))
                .build()
                .toString();
    }
}
