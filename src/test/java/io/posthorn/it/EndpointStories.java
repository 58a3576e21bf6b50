package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.svix.Svix;
import com.svix.exceptions.ApiException;
import com.svix.models.AppPortalAccessIn;
import com.svix.models.ApplicationIn;
import com.svix.models.ApplicationOut;
import com.svix.models.ApplicationPatch;
import com.svix.models.EndpointHeadersIn;
import com.svix.models.EndpointHeadersOut;
import com.svix.models.EndpointHeadersPatchIn;
import com.svix.models.EndpointIn;
import com.svix.models.EndpointOut;
import com.svix.models.EndpointPatch;
import com.svix.models.EndpointSecretRotateIn;
import com.svix.models.EndpointUpdate;
import com.svix.models.EventTypeIn;
import com.svix.models.EventTypeOut;
import com.svix.models.MessageOut;
import io.posthorn.signature.PlainSignature;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications and endpoints as they change, their secrets and headers, and who may do what. */
abstract class EndpointStories extends InboundStories {

    private static final String KEY_PAIR =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";

    // Applications -----------------------------------------------------------------------------------------------

    @Test
    void anApplicationIsPutWhetherItIsThereOrNot() throws Exception {
        String uid = uid();
        ApplicationOut created = svix.getApplication()
                .update(uid(), new ApplicationIn().name("a").uid(uid).throttleRate(5L));
        ApplicationOut updated = svix.getApplication().update(uid, new ApplicationIn().name("b"));

        assertThat(created.getUid()).isEqualTo(uid);
        assertThat(updated.getId()).isEqualTo(created.getId());
        assertThat(updated.getUid()).isNull();
        assertThat(updated.getThrottleRate()).isNull();
        assertThat(gateway.manage("PUT", "/api/v1/app/" + uid, "{\"name\":\"c\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aPatchTellsAbsentFromNull() throws Exception {
        String uid = uid();
        svix.getApplication()
                .create(new ApplicationIn().name("a").uid(uid).throttleRate(5L).metadata(Map.of("k", "v")));

        ApplicationOut renamed = svix.getApplication().patch(uid, new ApplicationPatch().name("b"));
        HttpResponse<String> cleared =
                gateway.manage("PATCH", "/api/v1/app/" + uid, "{\"throttleRate\":null,\"metadata\":null,\"uid\":null}");

        assertThat(renamed.getName()).isEqualTo("b");
        assertThat(renamed.getThrottleRate()).isEqualTo(5);
        assertThat(renamed.getMetadata()).isEqualTo(Map.of("k", "v"));
        assertThat(cleared.statusCode()).isEqualTo(200);
        assertThat(cleared.body())
                .contains("\"throttleRate\":null", "\"metadata\":{}")
                .doesNotContain("uid", "rateLimit");
        assertThat(gateway.manage("PATCH", "/api/v1/app/" + uid, "{}").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void theUidOfAnotherApplicationIsAConflict(String method) throws Exception {
        String taken = uid();
        svix.getApplication().create(new ApplicationIn().name("a").uid(taken));
        String path = method.equals("POST") ? "" : "/" + application();

        assertThat(gateway.manage(method, "/api/v1/app" + path, "{\"name\":\"b\",\"uid\":\"" + taken + "\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    // Endpoints --------------------------------------------------------------------------------------------------

    @Test
    void anEndpointIsPutWhetherItIsThereOrNot() throws Exception {
        String app = application();
        String uid = uid();
        EndpointOut created = svix.getEndpoint()
                .update(
                        app,
                        uid(),
                        new EndpointUpdate()
                                .url(URI.create("HTTP://Example.com:80"))
                                .uid(uid));
        String secret = svix.getEndpoint().getSecret(app, uid).getKey();
        EndpointOut updated = svix.getEndpoint()
                .update(
                        app,
                        uid,
                        new EndpointUpdate()
                                .url(URI.create("http://example.com/b"))
                                .channels(Set.of("red")));

        assertThat(created.getUid()).isEqualTo(uid);
        assertThat(created.getUrl()).hasToString("http://example.com/");
        assertThat(updated.getId()).isEqualTo(created.getId());
        assertThat(updated.getUid()).isNull();
        assertThat(updated.getChannels()).containsExactly("red");
        assertThat(svix.getEndpoint().getSecret(app, created.getId()).getKey()).isEqualTo(secret);
    }

    @Test
    void endpointsAreListedInTheOrderThatIsAskedFor() throws Exception {
        String app = application();
        List<String> made = List.of(
                endpoint(app, path()).getId(),
                endpoint(app, path()).getId(),
                endpoint(app, path()).getId());
        List<String> newestFirst = List.of(made.get(2), made.get(1), made.get(0));

        assertThat(endpoints(app, "")).isEqualTo(newestFirst);
        assertThat(endpoints(app, "?order=descending")).isEqualTo(newestFirst);
        assertThat(endpoints(app, "?order=ascending")).isEqualTo(made);
        assertThat(endpoints(app, "?order=ascending&limit=1&iterator=" + made.get(0)))
                .containsExactly(made.get(1));
    }

    private List<String> endpoints(String app, String query) {
        return Gateway.json(gateway.manage("GET", "/api/v1/app/" + app + "/endpoint" + query, ""))
                .getJsonArray("data")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(endpoint -> endpoint.getString("id"))
                .toList();
    }

    @Test
    void anEndpointIsPatchedFieldByField() throws Exception {
        String app = application();
        String type = uid();
        svix.getEventType().create(new EventTypeIn().name(type).description("d"));
        EndpointOut endpoint = svix.getEndpoint()
                .create(
                        app,
                        new EndpointIn()
                                .url(URI.create("http://example.com/a"))
                                .uid(uid())
                                .filterTypes(Set.of(type))
                                .metadata(Map.of("k", "v")));

        EndpointOut described =
                svix.getEndpoint().patch(app, endpoint.getId(), new EndpointPatch().description("test"));
        HttpResponse<String> cleared = gateway.manage(
                "PATCH",
                "/api/v1/app/" + app + "/endpoint/" + endpoint.getId(),
                "{\"filterTypes\":null,\"uid\":null,\"rateLimit\":7,\"version\":2,\"disabled\":true}");

        assertThat(described.getDescription()).isEqualTo("test");
        assertThat(described.getUid()).isEqualTo(endpoint.getUid());
        assertThat(described.getFilterTypes()).containsExactly(type);
        assertThat(described.getMetadata()).isEqualTo(Map.of("k", "v"));
        assertThat(cleared.body())
                .contains(
                        "\"filterTypes\":null",
                        "\"eventTypes\":null",
                        "\"uid\":null",
                        "\"throttleRate\":7",
                        "\"version\":2",
                        "\"disabled\":true",
                        "\"description\":\"test\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"url\":\"ftp://example.com\"}         | 422",
                "{\"url\":null}                            | 422",
                "{\"description\":null}                    | 422",
                "{\"disabled\":null}                       | 422",
                "{\"channels\":[]}                         | 422",
                "{\"eventTypes\":[\"not.registered\"]}   | 422",
                "{\"eventTypes\":null,\"filterTypes\":null} | 422",
                "{\"filterTypes\":null}                    | 200",
                "{\"version\":null}                        | 422",
                "{\"version\":65536}                       | 422",
                "{\"description\":\"a\\u0008\"}           | 422",
                "{\"description\":\"a\\u0009b\\n\"}       | 200",
                "{\"throttleRate\":0}                      | 422",
                "{\"uid\":\"ep_x\"}                      | 422",
                "[]                                          | 422",
                "{}                                          | 200"
            })
    void aPatchIsHeldToTheRules(String body, int status) {
        String app = application();
        String endpoint = endpoint(app, path()).getId();

        assertThat(gateway.manage("PATCH", "/api/v1/app/" + app + "/endpoint/" + endpoint, body)
                        .statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"description\":null                  | 422",
                "\"disabled\":null                     | 422",
                "\"description\":\"\\u0001\"           | 422",
                "\"version\":0                         | 422",
                "\"version\":65536                     | 422",
                "\"eventTypes\":null,\"filterTypes\":[\"a\"] | 422",
                "\"version\":null,\"uid\":null,\"channels\":null,\"eventTypes\":null,\"metadata\":null | 201"
            })
    void aNewEndpointIsHeldToTheRules(String fields, int status) {
        String endpoints = "/api/v1/app/" + application() + "/endpoint";
        String body = "{\"url\":\"http://example.com/\"," + fields + "}";

        assertThat(gateway.manage("POST", endpoints, body).statusCode()).isEqualTo(status);
        assertThat(gateway.manage("PUT", endpoints + "/" + uid(), body).statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"http://my_service:8080, http://my_service:8080/", "HTTP://0x7F.1\\a, http://127.0.0.1/a"})
    void anEndpointMayHaveAnyHost(String given, String shown) {
        String body = Json.createObjectBuilder().add("url", given).build().toString();
        HttpResponse<String> created = gateway.manage("POST", "/api/v1/app/" + application() + "/endpoint", body);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(Gateway.json(created).getString("url")).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, ''",
        "PUT, /e",
        "PATCH, /e",
        "POST, /e/secret/rotate",
        "PUT, /e/headers",
        "PATCH, /e/headers",
        "POST, /e/recover",
        "POST, /e/replay-missing",
        "POST, /e/bulk-replay",
        "POST, /e/cancel-msgs"
    })
    void anApplicationIsLookedForBeforeABodyIsRead(String method, String path) {
        assertThat(gateway.manage(method, "/api/v1/app/nobody/endpoint" + path, "{")
                        .statusCode())
                .isEqualTo(404);
        assertThat(gateway.manage(method, "/api/v1/app/" + application() + "/endpoint" + path, "{")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void anApplicationIsLookedForBeforeItsPatchIsRead() {
        assertThat(gateway.manage("PATCH", "/api/v1/app/nobody", "{").statusCode())
                .isEqualTo(404);
        assertThat(gateway.manage("PATCH", "/api/v1/app/" + application(), "{").statusCode())
                .isEqualTo(422);
    }

    @Test
    void anArchivedEventTypeStaysInFiltersThatHaveIt() throws Exception {
        String app = application();
        String type = uid();
        svix.getEventType().create(new EventTypeIn().name(type).description("d"));
        EndpointOut endpoint = svix.getEndpoint()
                .create(
                        app,
                        new EndpointIn().url(URI.create("http://example.com/")).filterTypes(Set.of(type)));
        svix.getEventType().delete(type);

        EndpointOut patched = svix.getEndpoint().patch(app, endpoint.getId(), new EndpointPatch().description("b"));

        assertThat(patched.getFilterTypes()).containsExactly(type);
    }

    @Test
    void whatCameWhileAnEndpointWasDisabledIsSentOnRequestOnce() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        svix.getEndpoint().patch(app, endpoint.getId(), new EndpointPatch().disabled(true));
        for (int i = 0; i < 3; i++) {
            publish(app, "order.paid");
        }
        svix.getEndpoint().patch(app, endpoint.getId(), new EndpointPatch().disabled(false));
        publish(app, "order.sent");
        awaitRequests(path, 1);
        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint.getId() + "/replay-missing";

        gateway.manage("POST", url, "{\"since\":\"2020-01-01T00:00:00Z\"}");
        awaitRequests(path, 4);
        gateway.manage("POST", url, "{\"since\":\"2020-01-01T00:00:00Z\"}");

        awaitRequests(path, 4);
    }

    // Secrets ----------------------------------------------------------------------------------------------------

    @Test
    void allSecretsThatStillSignDoSoTheNewestFirst() throws Exception {
        String app = application();
        String path = path();
        String endpoint = endpoint(app, path).getId();
        String first = svix.getEndpoint().getSecret(app, endpoint).getKey();
        rotate(app, endpoint, new EndpointSecretRotateIn().key(KEY_PAIR));
        assertThat(svix.getEndpoint().getSecret(app, endpoint).getKey())
                .isEqualTo("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=");
        rotate(app, endpoint, new EndpointSecretRotateIn());
        String third = svix.getEndpoint().getSecret(app, endpoint).getKey();

        publish(app, "order.paid");
        Receiver.Request request = awaitRequests(path, 1).get(0);

        String[] signatures = request.header("Webhook-signature").split(" ");
        assertThat(signatures).hasSize(3);
        assertThat(signatures[0]).startsWith("v1,");
        assertThat(signatures[1]).startsWith("v1a,");
        for (String secret : List.of(first, third)) {
            new com.svix.Webhook(secret).verify(request.text(), request.httpHeaders());
        }
    }

    @Test
    void aSecretWithoutGraceSignsNoMore() throws Exception {
        String app = application();
        String path = path();
        String endpoint = endpoint(app, path).getId();
        String first = svix.getEndpoint().getSecret(app, endpoint).getKey();
        rotate(app, endpoint, new EndpointSecretRotateIn().gracePeriodSeconds(0));

        publish(app, "order.paid");
        Receiver.Request request = awaitRequests(path, 1).get(0);

        assertThat(request.header("Webhook-signature")).doesNotContain(" ");
        assertThatThrownBy(() -> new com.svix.Webhook(first).verify(request.text(), request.httpHeaders()))
                .isInstanceOf(com.svix.exceptions.WebhookVerificationException.class);
    }

    @Test
    void theEleventhSecretThatStillSignsIsOneTooMany() throws Exception {
        String app = application();
        String endpoint = endpoint(app, path()).getId();
        for (int i = 0; i < 10; i++) {
            rotate(app, endpoint, new EndpointSecretRotateIn());
        }
        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint + "/secret/rotate";

        HttpResponse<String> answer = gateway.manage("POST", url, "{}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"limit_reached\"");
        assertThat(gateway.manage("POST", url, "{\"gracePeriodSeconds\":0}").statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"key\":\"whsec_C2FVsBQIhrscChlQIM+b5sSYspob\"}",
                "{\"key\":\"hwsec_C2FVsBQIhrscChlQIM+b5sSYspob7oDazfgh\"}",
                "{\"key\":\"C2FVsBQIhrscChlQIMV+b5sSYspob7oD\"}",
                "{\"key\":\"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
                "{\"key\":\"whsk_AAAA\"}",
                "{\"key\":\"whsk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}",
                "{\"key\":7}",
                "{\"gracePeriodSeconds\":-1}",
                "{\"gracePeriodSeconds\":604801}"
            })
    void aSecretThatCannotBeUsedIsRefused(String body) {
        String app = application();
        String endpoint = endpoint(app, path()).getId();

        assertThat(gateway.manage("POST", "/api/v1/app/" + app + "/endpoint/" + endpoint + "/secret/rotate", body)
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void thePlainSchemeIsSentBesideTheStandardOneWhereAnApplicationWantsIt() throws Exception {
        HttpResponse<String> created =
                gateway.manage("POST", "/api/v1/app", "{\"name\":\"plain\",\"plainSignature\":true}");
        String app = Gateway.json(created).getString("id");
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        String secret = svix.getEndpoint().getSecret(app, endpoint.getId()).getKey();

        MessageOut message = publish(app, "order.paid");
        Receiver.Request request = awaitRequests(path, 1).get(0);

        assertThat(created.body()).contains("\"plainSignature\":true");
        assertThat(request.header("X-webhook-signature")).isEqualTo(PlainSignature.sign(secret, request.body()));
        assertThat(request.header("X-webhook-event-id")).isEqualTo(message.getId());
        assertThat(request.header("Webhook-id")).isEqualTo(message.getId());
    }

    // Headers ----------------------------------------------------------------------------------------------------

    @Test
    void headersOfAnEndpointAreSentWithItsRequests() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = svix.getEndpoint()
                .create(
                        app,
                        new EndpointIn()
                                .url(URI.create(receiver.url(path)))
                                .headers(Map.of("X-Given", "at birth", "Authorization", "Bearer s3cret")));

        publish(app, "order.paid");
        Receiver.Request request = awaitRequests(path, 1).get(0);
        EndpointHeadersOut shown = svix.getEndpoint().getHeaders(app, endpoint.getId());

        assertThat(request.header("X-given")).isEqualTo("at birth");
        assertThat(request.header("Accept")).isEqualTo("*/*");
        assertThat(request.header("Authorization")).isEqualTo("Bearer s3cret");
        assertThat(shown.getHeaders()).isEqualTo(Map.of("X-Given", "at birth"));
        assertThat(shown.getSensitive()).containsExactly("Authorization");
    }

    @Test
    void namesOfHeadersAreSentInTheCaseThatTheyWereGivenIn() throws Exception {
        try (RawReceiver raw = new RawReceiver()) {
            String app = Gateway.json(
                            gateway.manage("POST", "/api/v1/app", "{\"name\":\"plain\",\"plainSignature\":true}"))
                    .getString("id");
            svix.getEndpoint()
                    .create(
                            app,
                            new EndpointIn()
                                    .url(URI.create(raw.url()))
                                    .headers(Map.of("X-miXed-Case", "1", "x-lower", "2", "X-UPPER", "3")));

            publish(app, "order.paid");

            assertThat(raw.awaitHead())
                    .contains("X-miXed-Case: 1", "x-lower: 2", "X-UPPER: 3")
                    .extracting(line -> line.replaceFirst(":.*", ""))
                    .contains(
                            "webhook-id",
                            "webhook-timestamp",
                            "webhook-signature",
                            "X-Webhook-Signature",
                            "X-Webhook-Event-Id");
        }
    }

    @Test
    void headersAreReplacedMergedAndRemoved() throws Exception {
        String app = application();
        String endpoint = endpoint(app, path()).getId();
        svix.getEndpoint().updateHeaders(app, endpoint, new EndpointHeadersIn().headers(Map.of("a", "1", "b", "2")));
        svix.getEndpoint().patchHeaders(app, endpoint, new EndpointHeadersPatchIn().headers(Map.of("c", "3")));
        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint + "/headers";

        assertThat(gateway.manage("PATCH", url, "{\"headers\":{\"a\":null}}").statusCode())
                .isEqualTo(204);
        assertThat(gateway.manage("PATCH", url, "{\"headers\":{\"X-A\":\"v\\r\\nX-B: 1\"}}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(gateway.manage("PUT", url, "{}").statusCode()).isEqualTo(422);

        assertThat(svix.getEndpoint().getHeaders(app, endpoint).getHeaders()).isEqualTo(Map.of("b", "2", "c", "3"));
    }

    // Operational webhooks ---------------------------------------------------------------------------------------

    @Test
    void whatHappensToEndpointsAndAttemptsIsToldToTheOrganization() throws Exception {
        String path = path();
        String listener = listener(path);
        try {
            String app = application();
            String failing = path();
            receiver.answer(failing, n -> 500);
            String endpoint = endpoint(app, failing).getId();
            svix.getEndpoint().patch(app, endpoint, new EndpointPatch().description("b"));
            MessageOut message = publish(app, "order.paid");

            await().atMost(SOON).until(() -> told(path, endpoint).containsKey("message.attempt.exhausted"));
            svix.getEndpoint().delete(app, endpoint);
            await().atMost(SOON).until(() -> told(path, endpoint).containsKey("endpoint.deleted"));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(told(path, endpoint))
                            .containsKeys(
                                    "endpoint.created",
                                    "endpoint.updated",
                                    "message.attempt.exhausted",
                                    "endpoint.deleted"));
            JsonObject exhausted = told(path, endpoint).get("message.attempt.exhausted");
            assertThat(exhausted.getString("appId")).isEqualTo(app);
            assertThat(exhausted.getString("msgId")).isEqualTo(message.getId());
            assertThat(exhausted.getString("eventType")).isEqualTo("order.paid");
            assertThat(exhausted.isNull("appUid")).isTrue();
            assertThat(exhausted.getJsonObject("lastAttempt").getInt("responseStatusCode"))
                    .isEqualTo(500);
        } finally {
            svix.getOperationalWebhookEndpoint().delete(listener);
        }
    }

    @Test
    void anEndpointThatIsDisabledIsToldToTheOrganization() throws Exception {
        String path = path();
        String listener = listener(path);
        try {
            String app = application();
            String gone = path();
            receiver.answer(gone, n -> 410);
            String endpoint = endpoint(app, gone).getId();
            publish(app, "order.paid");

            await().atMost(SOON).until(() -> told(path, endpoint).containsKey("endpoint.disabled"));

            JsonObject disabled = told(path, endpoint).get("endpoint.disabled");
            assertThat(disabled.getString("appId")).isEqualTo(app);
            assertThat(disabled.getString("trigger")).isEqualTo("automatic");
            assertThat(disabled.getString("reason")).isEqualTo("answered 410 Gone");
            assertThat(OffsetDateTime.parse(disabled.getString("failSince"))).isBefore(OffsetDateTime.now());
            assertThat(svix.getEndpoint().get(app, endpoint).getDisabled()).isTrue();
        } finally {
            svix.getOperationalWebhookEndpoint().delete(listener);
        }
    }

    @Test
    void whatSomebodyDoesToAnEndpointIsToldOnceEach() throws Exception {
        String path = path();
        String listener = listener(path);
        try {
            String app = application();
            URI url = URI.create(receiver.url(path()));
            String endpoint = endpoint(app, path()).getId();
            svix.getEndpoint().update(app, endpoint, new EndpointUpdate().url(url));
            rotate(app, endpoint, new EndpointSecretRotateIn());
            svix.getEndpoint().updateHeaders(app, endpoint, new EndpointHeadersIn().headers(Map.of("a", "b")));
            svix.getEndpoint().patch(app, endpoint, new EndpointPatch().disabled(true));
            svix.getEndpoint()
                    .update(app, endpoint, new EndpointUpdate().url(url).disabled(true));
            svix.getEndpoint().patch(app, endpoint, new EndpointPatch().disabled(false));
            svix.getEndpoint().update(app, endpoint, new EndpointUpdate().url(url));
            svix.getEndpoint().delete(app, endpoint);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(toldTypes(path, endpoint))
                            .containsExactlyInAnyOrder(
                                    "endpoint.created",
                                    "endpoint.updated",
                                    "endpoint.updated",
                                    "endpoint.updated",
                                    "endpoint.updated",
                                    "endpoint.disabled",
                                    "endpoint.updated",
                                    "endpoint.enabled",
                                    "endpoint.updated",
                                    "endpoint.deleted"));
            assertThat(told(path, endpoint).get("endpoint.disabled").getString("trigger"))
                    .isEqualTo("manual");
        } finally {
            svix.getOperationalWebhookEndpoint().delete(listener);
        }
    }

    @Test
    void anEndpointOfTheOrganizationIsPutAsItsDocumentSays() {
        String uid = "put-" + path().substring(1);
        String url = "/api/v1/operational-webhook/endpoint/" + uid;
        String body = "{\"uid\":\"" + uid + "\",\"url\":\"" + receiver.url(path()) + "\"}";

        assertThat(gateway.manage("PUT", url, body).statusCode()).isEqualTo(200);
        assertThat(gateway.manage("PUT", url, body).statusCode()).isEqualTo(200);
        assertThat(gateway.manage("DELETE", url, "").statusCode()).isEqualTo(204);
    }

    @Test
    void anEndpointOfTheOrganizationMayFilterByWhatItIsTold() {
        String url = "/api/v1/operational-webhook/endpoint";
        HttpResponse<String> created = gateway.manage(
                "POST", url, "{\"url\":\"http://example.com/\",\"filterTypes\":[\"message.attempt.exhausted\"]}");
        HttpResponse<String> refused =
                gateway.manage("POST", url, "{\"url\":\"http://example.com/\",\"filterTypes\":[\"order.paid\"]}");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("order.paid");
        gateway.manage("DELETE", url + "/" + Gateway.json(created).getString("id"), "");
    }

    @Test
    void aPortalMayBringItsApplication() {
        String uid = "portal-" + path().substring(1);
        String url = "/api/v1/auth/app-portal-access/" + uid;

        assertThat(gateway.manage("POST", url, "{}").statusCode()).isEqualTo(404);
        assertThat(gateway.manage("POST", url, "{\"application\":{\"name\":\"n\",\"uid\":\"another\"}}"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(422))
                .satisfies(answer -> assertThat(answer.body())
                        .contains("[\"body\",\"application\",\"uid\"]", "application_uid_mismatch"));
        assertThat(gateway.manage("POST", url, "{\"application\":{\"name\":\"n\"}}"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(422))
                .satisfies(answer -> assertThat(answer.body()).contains("application_uid_missing"));
        assertThat(gateway.manage("POST", url, "{\"application\":{\"name\":\"n\",\"uid\":\"" + uid + "\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.manage("POST", url, "{\"application\":{\"name\":\"m\",\"uid\":\"another\"}}")
                        .statusCode())
                .as("what it brings is ignored once it is there")
                .isEqualTo(200);
        assertThat(gateway.manage("GET", "/api/v1/app/" + uid, "").body()).contains("\"name\":\"n\"");
        assertThat(gateway.manage("POST", "/api/v1/auth/dashboard-access/" + uid, "")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"{}, 2419200", "{\"expiry\":3600}, 3600", "{\"expiry\":604800}, 604800"})
    void aPortalTokenLivesAsLongAsItWasAskedFor(String body, long seconds) throws Exception {
        HttpResponse<String> answer = gateway.manage("POST", "/api/v1/auth/app-portal-access/" + application(), body);

        String payload = Gateway.json(answer).getString("token").split("\\.")[1];
        JsonObject claims = Gateway.json(new String(Base64.getUrlDecoder().decode(payload), UTF_8));
        assertThat(claims.getInt("exp") - claims.getInt("iat")).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(ints = {3_599, 604_801, -1})
    void aPortalTokenLivesBetweenAnHourAndAWeek(int seconds) throws Exception {
        assertThat(gateway.manage(
                                "POST",
                                "/api/v1/auth/app-portal-access/" + application(),
                                "{\"expiry\":" + seconds + "}")
                        .statusCode())
                .isEqualTo(422);
    }

    // Who may do what --------------------------------------------------------------------------------------------

    @Test
    void anApplicationSeesTheEventTypesOfItsFlags() throws Exception {
        String flag = uid();
        String plain = uid();
        String flagged = uid();
        svix.getEventType().create(new EventTypeIn().name(plain).description("d"));
        svix.getEventType()
                .create(new EventTypeIn().name(flagged).description("d").featureFlag(flag));
        String app = application();
        Svix without = portal(app, Set.of());
        Svix with = portal(app, Set.of(flag));

        assertThat(without.getEventType().get(plain).getName()).isEqualTo(plain);
        assertThatThrownBy(() -> without.getEventType().get(flagged)).isInstanceOf(ApiException.class);
        assertThat(with.getEventType().get(flagged).getName()).isEqualTo(flagged);
        assertThat(with.getEventType().list().getData())
                .extracting(EventTypeOut::getName)
                .contains(flagged);
        assertThat(without.getEventType().list().getData())
                .extracting(EventTypeOut::getName)
                .doesNotContain(flagged);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/app",
        "PUT, /api/v1/app/{app}",
        "PATCH, /api/v1/app/{app}",
        "DELETE, /api/v1/app/{app}",
        "POST, /api/v1/app/{app}/msg",
        "DELETE, /api/v1/app/{app}/msg/m/content",
        "DELETE, /api/v1/app/{app}/msg/m/attempt/a/content",
        "POST, /api/v1/app/{app}/endpoint/e/send-example",
        "POST, /api/v1/event-type",
        "PUT, /api/v1/event-type/a",
        "PATCH, /api/v1/event-type/a",
        "DELETE, /api/v1/event-type/a",
        "POST, /api/v1/auth/app-portal-access/{app}",
        "GET, /api/v1/dead-letter",
        "GET, /api/v1/background-task",
        "GET, /api/v1/operational-webhook/endpoint"
    })
    void whatIsTheOrganizationsIsForbiddenToAnApplication(String method, String path) throws Exception {
        String app = application();

        HttpResponse<String> answer = new Gateway(server.url(), portalToken(app, Set.of()))
                .manage(method, path.replace("{app}", app), method.startsWith("P") ? "{}" : "");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"insufficient access\"");
    }

    @Test
    void tokensAreCreatedByNameAndEnded() throws Exception {
        HttpResponse<String> created =
                gateway.manage("POST", "/api/v1/auth/token", "{\"name\":\"build\",\"expiry\":3600}");
        String text = Gateway.json(created).getString("token");
        String id = Gateway.json(created).getString("id");
        Gateway withIt = new Gateway(server.url(), text);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(withIt.manage("POST", "/api/v1/app", "{\"name\":\"a\"}").statusCode())
                .isEqualTo(201);
        assertThat(gateway.manage("GET", "/api/v1/auth/token?limit=250", "").body())
                .contains(id, "\"name\":\"build\"", "\"role\":\"admin\"")
                .doesNotContain(text);

        assertThat(gateway.manage("DELETE", "/api/v1/auth/token/" + id, "").statusCode())
                .isEqualTo(204);
        assertThat(gateway.manage("DELETE", "/api/v1/auth/token/" + id, "").statusCode())
                .isEqualTo(404);
        assertThat(withIt.manage("GET", "/api/v1/app", "").statusCode()).isEqualTo(401);
    }

    @Test
    void aNamedTokenEndsByItself() {
        // On a busy machine one may have ended before it is used.
        Gateway withIt = await().atMost(SOON).until(this::withBriefToken, brief -> statusOfList(brief) == 200);

        await().atMost(SOON).until(() -> statusOfList(withIt) == 401);
    }

    private Gateway withBriefToken() {
        HttpResponse<String> created =
                gateway.manage("POST", "/api/v1/auth/token", "{\"name\":\"brief\",\"expiry\":2}");
        return new Gateway(server.url(), Gateway.json(created).getString("token"));
    }

    private static int statusOfList(Gateway gateway) {
        return gateway.manage("GET", "/api/v1/app", "").statusCode();
    }

    @Test
    void aTokenThatReadsOnlyLooksAndChangesNothing() {
        String text = Gateway.json(
                        gateway.manage("POST", "/api/v1/auth/token", "{\"name\":\"looker\",\"role\":\"read-only\"}"))
                .getString("token");
        Gateway looker = new Gateway(server.url(), text);

        assertThat(looker.manage("GET", "/api/v1/app", "").statusCode()).isEqualTo(200);
        assertThat(looker.manage("POST", "/api/v1/app", "{\"name\":\"a\"}").statusCode())
                .isEqualTo(403);
        assertThat(looker.manage("DELETE", "/api/v1/app/x", "").statusCode()).isEqualTo(403);
        assertThat(looker.manage("POST", "/api/v1/auth/logout", "").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"name\":\" \"}",
                "{\"name\":\"a\",\"role\":\"god\"}",
                "{\"name\":\"a\",\"expiry\":0}",
                "{\"name\":7}"
            })
    void aTokenThatMakesNoSenseIsNotCreated(String body) {
        assertThat(gateway.manage("POST", "/api/v1/auth/token", body).statusCode())
                .isEqualTo(422);
    }

    @Test
    void pagesOfAnyOriginMayUseTheApi() throws Exception {
        HttpResponse<String> preflight = gateway.send(HttpRequest.newBuilder(gateway.uri("/api/v1/app/"))
                .header("Origin", "https://portal.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        HttpResponse<String> refused = gateway.send("GET", "/api/v1/app");

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.body()).isEmpty();
        assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                .contains("*");
        assertThat(preflight.headers().firstValue("access-control-allow-headers"))
                .contains("authorization,content-type");
        assertThat(preflight.headers().firstValue("access-control-max-age")).contains("600");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("access-control-allow-origin")).contains("*");
    }

    @Test
    void metricsAreForPrometheusAndNameNobody() throws Exception {
        String app = application();
        endpoint(app, path());
        awaitAttempts(app, publish(app, "order.paid"), 1);

        HttpResponse<String> answer = gateway.send("GET", "/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
        assertThat(answer.body())
                .contains(
                        "posthorn_attempts_seconds_count{outcome=\"success\"}",
                        "posthorn_deliveries_total{outcome=\"succeeded\"}",
                        "posthorn_deliveries_oldest_due_age_seconds",
                        "posthorn_deliveries_pending_deliveries ",
                        "posthorn_dead_letters_deliveries ",
                        "posthorn_events_oldest_due_age_seconds ",
                        "posthorn_events_pending_events ",
                        "posthorn_events_waiting_events ",
                        "posthorn_events_dead_events ")
                .doesNotContain("app_", "ep_", "msg_", "localhost");
        assertThat(gateway.send("GET", "/metrics/").body()).contains("posthorn_deliveries_pending_deliveries ");
    }

    @Test
    void anApplicationReachesItsOwnThingsAndNobodyElses() throws Exception {
        String app = application();
        Svix own = portal(app, Set.of());
        String other = application();

        assertThat(own.getEndpoint()
                        .create(app, new EndpointIn().url(URI.create("http://example.com/")))
                        .getId())
                .isNotEmpty();
        assertThat(own.getApplication().get(app).getId()).isEqualTo(app);
        assertThatThrownBy(() -> own.getEndpoint().list(other))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    }

    private Svix portal(String app, Set<String> flags) throws Exception {
        return new Gateway(server.url(), portalToken(app, flags)).svix();
    }

    private String portalToken(String app, Set<String> flags) throws Exception {
        return svix.getAuthentication()
                .appPortalAccess(app, new AppPortalAccessIn().featureFlags(flags))
                .getToken();
    }

    private void rotate(String app, String endpoint, EndpointSecretRotateIn in) throws Exception {
        svix.getEndpoint().rotateSecret(app, endpoint, in);
    }
}
