package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.svix.api.IngestSource;
import com.svix.api.IngestSourceListOptions;
import com.svix.exceptions.ApiException;
import com.svix.models.GithubConfig;
import com.svix.models.IngestSourceIn;
import com.svix.models.IngestSourceInConfig;
import com.svix.models.IngestSourceOut;
import com.svix.models.Ordering;
import io.posthorn.signature.PlainSignature;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.stream.JsonCollectors;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources made by operations, and what they have received. */
abstract class SourceStories extends ForwardingStories {

    static final String SOURCES = "/ingest/api/v1/source";

    /** The operations of Svix's document of sources that have been asked for and served. */
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();

    @Test
    void aSourceIsCreatedAndReceivesAtOnce() {
        String uid = uid();
        JsonObject source = create(uid, "generic", "s3cret-1");
        String body = "{\"id\":\"1\",\"type\":\"order.paid\"}";

        HttpResponse<String> byUid = receive("/webhooks/" + uid, "s3cret-1", body);
        HttpResponse<String> byToken =
                receive(URI.create(source.getString("ingestUrl")).getPath(), "s3cret-1", body);

        assertThat(source.toString()).doesNotContain("s3cret");
        assertThat(source.getString("id")).matches("src_[A-Za-z0-9]{21,22}");
        assertThat(byUid.statusCode()).isEqualTo(200);
        assertThat(Gateway.json(byToken).getString("status")).isEqualTo("duplicate");
        assertThat(receive("/webhooks/" + uid, "s3cret-2", body).statusCode()).isEqualTo(401);
        assertThat(receive("/webhooks/" + source.getString("id"), "s3cret-1", body)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSourceIsChangedListedAndDeleted() {
        String uid = uid();
        JsonObject source = create(uid, "generic", "s3cret-1");
        String path = SOURCES + "/" + uid;

        assertThat(Gateway.json(gateway.manage("PATCH", path, "{\"name\":\"renamed\"}"))
                        .getString("name"))
                .isEqualTo("renamed");
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(200);
        assertThat(gateway.manage(
                                "PUT",
                                path,
                                "{\"name\":\"again\",\"uid\":\"" + uid
                                        + "\",\"type\":\"github\",\"config\":{\"secret\":\"other\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(401);
        assertThat(gateway.manage("GET", SOURCES + "?limit=250&order=descending", "")
                        .body())
                .contains(source.getString("id"));
        assertThat(gateway.manage("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(gateway.manage("GET", path, "").statusCode()).isEqualTo(404);
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void sourcesAreListedInBothOrdersAndPagedInBothDirections() {
        List<String> made = Stream.generate(() -> create(uid(), "generic", "s").getString("id"))
                .limit(4)
                .toList();

        JsonObject newest = list("?order=descending&limit=2");
        JsonObject older = list("?order=descending&limit=2&iterator=" + newest.getString("iterator"));
        JsonObject newer = list("?order=descending&limit=2&iterator=" + older.getString("prevIterator"));
        assertThat(ids(newest)).containsExactly(made.get(3), made.get(2));
        assertThat(ids(older)).containsExactly(made.get(1), made.get(0));
        assertThat(ids(newer)).isEqualTo(ids(newest));
        assertThat(newer.getBoolean("done")).isTrue();

        JsonObject later = list("?limit=2&iterator=" + made.get(0));
        JsonObject last = list("?order=ascending&limit=2&iterator=" + later.getString("iterator"));
        JsonObject earlier = list("?limit=2&iterator=" + last.getString("prevIterator"));
        assertThat(ids(later)).containsExactly(made.get(1), made.get(2));
        assertThat(later.getBoolean("done")).isFalse();
        assertThat(ids(last)).containsExactly(made.get(3));
        assertThat(last.getBoolean("done")).isTrue();
        assertThat(ids(earlier)).isEqualTo(ids(later));
    }

    private JsonObject list(String query) {
        return Gateway.json(gateway.manage("GET", SOURCES + query, ""));
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("data").getValuesAs(JsonObject.class).stream()
                .map(item -> item.getString("id"))
                .toList();
    }

    @Test
    void aTokenIsRotatedWithAnOverlap() {
        JsonObject source = create(uid(), "generic", "s3cret-1");
        String before = URI.create(source.getString("ingestUrl")).getPath();

        String after = URI.create(Gateway.json(
                                gateway.manage("POST", SOURCES + "/" + source.getString("id") + "/token/rotate", ""))
                        .getString("ingestUrl"))
                .getPath();

        assertThat(after).isNotEqualTo(before);
        assertThat(receive(before, "s3cret-1", "{}").statusCode()).isEqualTo(200);
        assertThat(receive(after, "s3cret-1", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenIsRotatedThreeTimesAndEachOfItsOlderOnesGoesOnWorking() {
        JsonObject source = create(uid(), "generic", "s3cret-1");
        String rotate = SOURCES + "/" + source.getString("id") + "/token/rotate";
        List<String> urls = new ArrayList<>(List.of(source.getString("ingestUrl")));
        for (int i = 0; i < 3; i++) {
            urls.add(Gateway.json(gateway.manage("POST", rotate, "")).getString("ingestUrl"));
        }

        HttpResponse<String> oneMore = gateway.manage("POST", rotate, "");

        assertThat(oneMore.statusCode()).isEqualTo(400);
        assertThat(Gateway.json(oneMore).getString("code")).isEqualTo("limit_reached");
        assertThat(urls)
                .doesNotHaveDuplicates()
                .allSatisfy(url -> assertThat(receive(URI.create(url).getPath(), "s3cret-1", "{}")
                                .statusCode())
                        .isEqualTo(200));
        assertThat(event(SOURCES + "/" + source.getString("id")).getString("ingestUrl"))
                .isEqualTo(urls.get(3));
        gateway.manage("DELETE", SOURCES + "/" + source.getString("id"), "");
        assertThat(urls)
                .allSatisfy(url -> assertThat(receive(URI.create(url).getPath(), "s3cret-1", "{}")
                                .statusCode())
                        .isEqualTo(404));
    }

    @Test
    void aSourceWithoutVerificationIsReachedByItsTokenAlone() {
        String uid = uid();
        JsonObject source = Gateway.json(gateway.manage(
                "POST", SOURCES, "{\"name\":\"open\",\"uid\":\"" + uid + "\",\"type\":\"generic-webhook\"}"));
        String path = URI.create(source.getString("ingestUrl")).getPath();

        assertThat(gateway.post(path, "{}".getBytes(UTF_8), Map.of()).statusCode())
                .isEqualTo(200);
        assertThat(gateway.post("/webhooks/" + uid, "{}".getBytes(UTF_8), Map.of())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aSourceMayHaveASchemaForEachEventTypeAndAnOrder() {
        String uid = uid();
        HttpResponse<String> created = gateway.manage(
                "POST",
                SOURCES,
                "{\"name\":\"shop\",\"uid\":\"" + uid + "\",\"type\":\"generic\",\"config\":{\"secret\":\"s\","
                        + "\"order\":\"/customer\",\"schemas\":{\"order.*\":{\"required\":[\"amount\"]}}}}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(Gateway.json(created).getJsonObject("config").getJsonObject("schemas"))
                .containsOnlyKeys("order.*");

        assertThat(receive("/webhooks/" + uid, "s", "{\"type\":\"order.paid\",\"amount\":1,\"customer\":\"c\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(receive("/webhooks/" + uid, "s", "{\"type\":\"order.paid\"}").statusCode())
                .isEqualTo(422);
        assertThat(receive("/webhooks/" + uid, "s", "{\"type\":\"user.created\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSettingThatIsMistypedIsRefusedByItsName() {
        HttpResponse<String> answer = gateway.manage(
                "POST",
                SOURCES,
                "{\"name\":\"shop\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"allowedIp\":\"192.0.2.1\"}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(Gateway.json(answer).getJsonArray("detail").getJsonObject(0).get("loc"))
                .hasToString("[\"body\",\"config\",\"allowedIp\"]");
    }

    @ParameterizedTest
    @MethodSource("io.posthorn.it.SvixSender#all")
    void aSourceOfATypeOfSvixsIsMadeAsItsClientsSayAndReceivesWhatIsSigned(SvixSender sender) {
        String uid = uid();
        String body = "{\"id\":\"" + uid + "\",\"type\":\"order.paid\"}";
        String source = sourceOf(sender, uid);

        assertThat(kept("POST", SOURCES, source)).isEqualTo(201);
        assertThat(kept("PUT", SOURCES + "/" + uid, source)).isEqualTo(200);
        assertThat(kept("GET", SOURCES + "/" + uid, "")).isEqualTo(200);
        JsonObject made = Gateway.json(gateway.manage("GET", SOURCES + "/" + uid, ""));
        assertThat(made.toString()).doesNotContain("s3cret", "whsec_");
        String path = URI.create(made.getString("ingestUrl")).getPath();
        SvixSender.Signed signed = sender.sign(server.url() + path, body);

        HttpResponse<String> unsigned = gateway.post(path, body.getBytes(UTF_8), Map.of());
        HttpResponse<String> taken = gateway.post(path + signed.query(), body.getBytes(UTF_8), signed.headers());
        HttpResponse<String> again = gateway.post(path + signed.query(), body.getBytes(UTF_8), signed.headers());

        assertThat(unsigned.statusCode()).isEqualTo(sender.isUnverified() ? 200 : 401);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(Gateway.json(again).getString("status")).isEqualTo("duplicate");
    }

    private static String sourceOf(SvixSender sender, String uid) {
        return ("{'name':'shop','uid':'" + uid + "','type':'" + sender.type() + "','config':" + sender.config() + "}")
                .replace('\'', '"');
    }

    @ParameterizedTest
    @MethodSource("io.posthorn.it.SvixSender#all")
    void aSourceOfATypeOfSvixsIsMadeAndReadByItsClient(SvixSender sender) throws Exception {
        IngestSourceIn source = IngestSourceIn.fromJson(sourceOf(sender, uid()));

        IngestSourceOut made = svix.getIngest().getSource().create(source);

        assertThat(made.getUid()).isEqualTo(source.getUid());
        assertThat(made.getConfig().getVariantName()).isEqualTo(sender.type());
        assertThat(svix.getIngest().getSource().get(source.getUid())).isEqualTo(made);
    }

    @Test
    void aSourceIsManagedWithSvixsClient() throws Exception {
        IngestSource sources = svix.getIngest().getSource();
        String uid = uid();
        IngestSourceIn in = new IngestSourceIn()
                .name("hub")
                .uid(uid)
                .metadata(Map.of("plan", "gold"))
                .config(new IngestSourceInConfig.Github(new GithubConfig().secret("s3cret-1")));
        IngestSourceOut made = sources.create(in);

        IngestSourceListOptions newest = new IngestSourceListOptions();
        newest.setOrder(Ordering.DESCENDING);
        newest.setLimit(1L);
        assertThat(sources.list(newest).getData()).containsExactly(made);
        assertThat(made.getMetadata()).containsEntry("plan", "gold");

        IngestSourceOut changed = sources.update(made.getId(), in.name("renamed"));
        assertThat(changed.getName()).isEqualTo("renamed");
        assertThat(changed.getIngestUrl()).isEqualTo(made.getIngestUrl());

        sources.delete(uid);
        assertThatThrownBy(() -> sources.get(uid))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    }

    @ParameterizedTest
    @CsvSource({"adobe-sign", "cron", "orum-io", "vgs"})
    void aTypeOfSvixsThatIsNotOfferedIsRefusedByItsName(String type) {
        HttpResponse<String> answer = gateway.manage(
                "POST", SOURCES, "{\"name\":\"shop\",\"type\":\"" + type + "\",\"config\":{\"secret\":\"s\"}}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Gateway.json(answer).getJsonArray("detail").getJsonObject(0).getString("msg"))
                .startsWith("there are no sources of the type " + type + ": ");
    }

    /** SendGrid sends again what was not answered in time, and puts together what there is by then. */
    @Test
    void ofABatchOfSendGridOnlyWhatIsNewIsStored() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        String uid = sendGridSource(pair);

        JsonObject first = sendGridEvents(uid, pair, "a", "b");
        JsonObject mixed = sendGridEvents(uid, pair, "b", "c");
        JsonObject again = sendGridEvents(uid, pair, "c", "a");

        assertThat(first.getString("status")).isEqualTo("received");
        assertThat(mixed.getString("status")).isEqualTo("received");
        assertThat(again.getString("status")).isEqualTo("duplicate");
        String b = first.getJsonArray("ids").getString(1);
        String c = mixed.getJsonArray("ids").getString(1);
        assertThat(mixed.getJsonArray("ids").getString(0)).isEqualTo(b);
        assertThat(again.getJsonArray("ids").getValuesAs(JsonString::getString))
                .containsExactly(c, first.getJsonArray("ids").getString(0));
        assertThat(eventsOf(uid)).hasSize(3);
        assertThat(event(SOURCES + "/" + uid + "/event/" + b).getInt("duplicates"))
                .isEqualTo(1);
    }

    @Test
    void anEventOfABatchIsKeptAsTheSenderWroteIt() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        String uid = sendGridSource(pair);
        String first = "{ \"event\":\"open\", \"amt\":1.10,\"e\" :1E2,\"z\":-0 }";
        String second = "{\"event\":\"click\",\"lone\":\"\\ud800\",\"slash\":\"\\/\",\"title\":\"caf\u00e9\"}";

        JsonObject answer = Gateway.json(sendGrid(uid, pair, "[" + first + " ,\r\n" + second + "]\r\n"));

        assertThat(answer.getJsonArray("ids").getValuesAs(JsonString::getString))
                .extracting(id -> event(SOURCES + "/" + uid + "/event/" + id).getString("body"))
                .containsExactly(base64(first), base64(second));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void ofARequestThatBringsTooManyEventsNoneIsStored() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        String uid = sendGridSource(pair);

        HttpResponse<String> refused = sendGrid(uid, pair, "[1" + ",1".repeat(10_000) + "]");

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).isEqualTo("{\"error\":\"Too many events in one request\"}");
        assertThat(eventsOf(uid)).isEmpty();
    }

    private String sendGridSource(KeyPair pair) {
        String uid = uid();
        create(
                uid,
                "sendgrid",
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
        return uid;
    }

    private JsonObject sendGridEvents(String uid, KeyPair pair, String... ids) throws GeneralSecurityException {
        HttpResponse<String> answer = sendGrid(
                uid,
                pair,
                Stream.of(ids)
                        .map(id -> "{\"sg_event_id\":\"" + id + "\",\"event\":\"delivered\"}")
                        .collect(Collectors.joining(",", "[", "]\r\n")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Gateway.json(answer);
    }

    private HttpResponse<String> sendGrid(String uid, KeyPair pair, String body) throws GeneralSecurityException {
        String time = Long.toString(Instant.now().getEpochSecond());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update((time + body).getBytes(UTF_8));
        return gateway.post(
                "/webhooks/" + uid,
                body.getBytes(UTF_8),
                Map.of(
                        "X-Twilio-Email-Event-Webhook-Timestamp",
                        time,
                        "X-Twilio-Email-Event-Webhook-Signature",
                        Base64.getEncoder().encodeToString(signature.sign())));
    }

    @Test
    void aPatchChangesWhatItNamesAndKeepsTheRest() {
        String uid = uid();
        create(uid, "generic", "s3cret-1");
        String path = SOURCES + "/" + uid;

        HttpResponse<String> walled =
                gateway.manage("PATCH", path, "{\"config\":{\"allowedIps\":\"192.0.2.0/24\",\"rateLimit\":\"50/s\"}}");
        assertThat(Gateway.json(walled).get("config"))
                .hasToString("{\"allowedIps\":\"192.0.2.0/24\",\"rateLimit\":\"50/s\"}");
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(403);

        gateway.manage("PATCH", path, "{\"config\":{\"allowedIps\":\"192.0.2.0/24,127.0.0.0/8,::1\"}}");
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(200);

        HttpResponse<String> open = gateway.manage("PATCH", path, "{\"config\":{\"allowedIps\":null}}");
        assertThat(Gateway.json(open).get("config")).hasToString("{\"rateLimit\":\"50/s\"}");
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(200);

        assertThat(gateway.manage("PATCH", path, "{\"type\":\"github\"}").statusCode())
                .isEqualTo(200);
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(401);
        byte[] body = "{}".getBytes(UTF_8);
        assertThat(gateway.post(
                                "/webhooks/" + uid,
                                body,
                                Map.of("X-Hub-Signature-256", PlainSignature.sign("s3cret-1", body)))
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> unfit = gateway.manage("PATCH", path, "{\"type\":\"standard-webhooks\"}");
        assertThat(unfit.statusCode()).as(unfit.body()).isEqualTo(422);
        assertThat(unfit.body()).contains("secret=(hidden)");
        assertThat(gateway.manage("PATCH", path, "{\"config\":{\"secret\":null}}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(Gateway.json(gateway.manage("GET", path, "")).getString("type"))
                .isEqualTo("github");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"name\":\"a\",\"type\":\"generic\"}",
                "{\"name\":\"ab\",\"type\":\"hmacx\",\"config\":{\"secret\":\"s\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\"}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":null}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"maxBodySize\":65537}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"maxBodySize\":0}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"contentTypes\":\"json\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"contentTypes\":[]}}",
                "{\"name\":\"ab\",\"type\":\"cron\",\"config\":{\"schedule\":\"* * * * *\",\"payload\":\"{}\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"   \"}}",
                "{\"name\":\"ab\",\"type\":\"stripe\",\"config\":{\"secret\":\"s\",\"tolerance\":\"soon\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"schema\":\"/etc/passwd\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"schema\":{\"type\":\"integr\"}}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"schemas\":{\"a\":\"/etc/passwd\"}}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"schemas\":{\"a\":{\"$ref\":\"#/b\"}}}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"order\":\"customer\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"allowedIps\":\"192.0.2.0/33\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"allowedIps\":[]}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"rateLimit\":100}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"uid\":\"src_x\",\"config\":{\"secret\":\"s\"}}"
            })
    void aSourceThatCannotVerifyIsNotSaved(String body) {
        HttpResponse<String> answer = gateway.manage("POST", SOURCES, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    }

    @Test
    void aChangedRateHoldsAtOnceForSendersThatAreKnown() {
        String uid = uid();
        create(uid, "generic", "s");
        String path = SOURCES + "/" + uid;
        gateway.manage("PATCH", path, "{\"config\":{\"rateLimit\":\"1/1h\"}}");
        assertThat(receive("/webhooks/" + uid, "s", "{}").statusCode()).isEqualTo(200);
        assertThat(receive("/webhooks/" + uid, "s", "{}").statusCode()).isEqualTo(429);

        gateway.manage("PATCH", path, "{\"config\":{\"rateLimit\":\"2/1h\"}}");

        assertThat(receive("/webhooks/" + uid, "s", "{}").statusCode()).isEqualTo(200);
        assertThat(receive("/webhooks/" + uid, "s", "{}").statusCode()).isEqualTo(200);
        assertThat(receive("/webhooks/" + uid, "s", "{}").statusCode()).isEqualTo(429);
    }

    @Test
    void aSourceMayTakeSmallBodiesOfSomeContentTypesAlone() {
        String uid = uid();
        create(uid, "generic", "s");
        HttpResponse<String> changed = gateway.manage(
                "PATCH",
                SOURCES + "/" + uid,
                "{\"config\":{\"maxBodySize\":20,\"contentTypes\":[\"application/json\"]}}");
        assertThat(Gateway.json(changed).get("config"))
                .hasToString("{\"maxBodySize\":20,\"contentTypes\":[\"application/json\"]}");

        assertThat(receiveJson(uid, "s", "{}").statusCode()).isEqualTo(200);
        assertThat(receiveJson(uid, "s", "{\"a\":\"0123456789012345\"}").statusCode())
                .isEqualTo(413);
        assertThat(receive("/webhooks/" + uid, "s", "{}").statusCode()).isEqualTo(415);
    }

    // Access -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "GET, ''",
        "POST, ''",
        "GET, /default",
        "PUT, /default",
        "PATCH, /default",
        "DELETE, /default",
        "POST, /default/token/rotate",
        "GET, /default/event",
        "GET, /default/event/evt_1",
        "POST, /default/event/evt_1/replay",
        "DELETE, /default/event/evt_1",
        "POST, /default/replay",
        "GET, /default/endpoint",
        "POST, /default/endpoint",
        "GET, /default/endpoint/ep_1/secret"
    })
    void sourcesAreTheOrganizationsAlone(String method, String path) {
        String portal = Gateway.json(gateway.manage("POST", "/api/v1/auth/app-portal-access/" + application(), "{}"))
                .getString("token");

        String body = method.equals("GET") || method.equals("DELETE") ? "" : "{}";
        HttpResponse<String> nobody = gateway.send(method, SOURCES + path);
        HttpResponse<String> stranger = new Gateway(server.url(), "wrong").manage(method, SOURCES + path, body);
        HttpResponse<String> tenant = new Gateway(server.url(), portal).manage(method, SOURCES + path, body);

        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(Gateway.json(stranger).getString("code")).isEqualTo("authentication_failed");
        assertThat(tenant.statusCode()).isEqualTo(403);
        assertThat(Gateway.json(tenant).getString("code")).isEqualTo("insufficient access");
    }

    // The contract -----------------------------------------------------------------------------------------------

    @Test
    void theOperationsOnSourcesAnswerAsSvixsDocumentSays() {
        String uid = uid();
        String path = SOURCES + "/" + uid;
        String github = "{\"name\":\"hub\",\"uid\":\"" + uid
                + "\",\"type\":\"github\",\"config\":{\"secret\":\"s\"},\"metadata\":{\"a\":\"b\"}}";

        assertThat(kept("POST", SOURCES, github)).isEqualTo(201);
        assertThat(kept("POST", SOURCES, github)).isEqualTo(409);
        assertThat(kept("POST", SOURCES, "{\"name\":\"hub\",\"type\":\"github\"}"))
                .isEqualTo(422);
        assertThat(keptInListOf(uid)).isEqualTo(200);
        assertThat(kept("GET", path, "")).isEqualTo(200);
        assertThat(kept("PUT", path, github)).isEqualTo(200);
        assertThat(kept("PATCH", path, "{\"metadata\":{}}")).isEqualTo(200);
        assertThat(kept("POST", path + "/token/rotate", "")).isEqualTo(200);
        String endpoint = "{\"url\":\"" + receiver.url(path()) + "\",\"uid\":\"till\"}";
        assertThat(kept("POST", path + "/endpoint", endpoint)).isEqualTo(201);
        assertThat(kept("PUT", path + "/endpoint/till", endpoint)).isEqualTo(200);
        assertThat(kept("PUT", path + "/endpoint/other", endpoint.replace("till", "other")))
                .isEqualTo(200);
        assertThat(kept("GET", path + "/endpoint", "")).isEqualTo(200);
        assertThat(kept("GET", path + "/endpoint/other", "")).isEqualTo(200);
        assertThat(kept("GET", path + "/endpoint/other/secret", "")).isEqualTo(200);
        assertThat(kept("POST", path + "/endpoint/other/secret/rotate", "{}")).isEqualTo(204);
        assertThat(kept("PUT", path + "/endpoint/other/headers", "{\"headers\":{\"X-Till\":\"7\"}}"))
                .isEqualTo(204);
        assertThat(kept("GET", path + "/endpoint/other/headers", "")).isEqualTo(200);
        assertThat(kept("DELETE", path + "/endpoint/other", "")).isEqualTo(204);
        assertThat(kept("DELETE", path, "")).isEqualTo(204);
        assertThat(kept("GET", path, "")).isEqualTo(404);
        assertThat(kept("PUT", path, github)).isEqualTo(201);

        Set<String> ofTheDocument = SvixContract.INGEST.operations();
        assertThat(ofTheDocument).hasSize(17);
        // It would keep what nobody has verified.
        assertThat(ofTheDocument.remove("GET /ingest/api/v1/source/{source_id}/log"))
                .isTrue();
        assertThat(succeeded).containsAll(ofTheDocument);
    }

    /** The status of an answer that breaks nothing of the contract. */
    private int kept(String method, String path, String body) {
        return kept(method, path, gateway.manage(method, path, body), Function.identity());
    }

    /** Of the list, but the one source: others may have types that Svix does not know. */
    private int keptInListOf(String uid) {
        String path = SOURCES + "?order=descending&limit=250";
        return kept("GET", path, gateway.manage("GET", path, ""), text -> {
            JsonObject list = Gateway.json(text);
            return Json.createObjectBuilder(list)
                    .add(
                            "data",
                            list.getJsonArray("data").getValuesAs(JsonObject.class).stream()
                                    .filter(source ->
                                            source.getString("uid", "").equals(uid))
                                    .collect(JsonCollectors.toJsonArray()))
                    .build()
                    .toString();
        });
    }

    private int kept(String method, String path, HttpResponse<String> answer, Function<String, String> ofTheDocument) {
        if (answer.statusCode() < 300) {
            SvixContract.INGEST.name(method, path).ifPresent(succeeded::add);
        }
        assertThat(SvixContract.INGEST.violation(
                        method, path, answer.statusCode(), SvixContract.JSON, ofTheDocument.apply(answer.body())))
                .isEmpty();
        return answer.statusCode();
    }

    @Test
    void aRequestThatIsRepeatedUnderItsKeyIsAnsweredAsTheFirstAndDoneOnce() {
        String source = onceUnderAKey(SOURCES, "{\"name\":\"shop\",\"type\":\"generic-webhook\"}", "id");
        String path = SOURCES + "/" + source;
        assertThat(ids(list("?order=descending&limit=2"))).containsOnlyOnce(source);

        String ingestUrl = onceUnderAKey(path + "/token/rotate", "", "ingestUrl");
        assertThat(event(path).getString("ingestUrl")).isEqualTo(ingestUrl);

        String endpoint = onceUnderAKey(path + "/endpoint", "{\"url\":\"" + receiver.url(path()) + "\"}", "id");
        assertThat(ids(list("/" + source + "/endpoint"))).containsExactly(endpoint);

        onceUnderAKey(path + "/replay", "{\"since\":\"2026-11-25T12:00:00Z\"}", "id");
    }

    /** Makes a request twice; what both answers have in a member. */
    private String onceUnderAKey(String path, String body, String member) {
        Map<String, String> key = Map.of("idempotency-key", uid());

        HttpResponse<String> first = gateway.manage("POST", path, body, key);
        HttpResponse<String> second = gateway.manage("POST", path, body, key);

        assertThat(first.statusCode()).as(first.body()).isBetween(200, 202);
        assertThat(second.statusCode()).isEqualTo(first.statusCode());
        assertThat(second.body()).isEqualTo(first.body());
        return Gateway.json(second).getString(member);
    }

    @RepeatedTest(5)
    void ofSourcesThatAreMadeAtOnceUnderOneUidThereIsOne() throws InterruptedException, ExecutionException {
        String body = "{\"name\":\"shop\",\"uid\":\"" + uid() + "\",\"type\":\"generic-webhook\"}";

        assertThat(createAtOnce(body)).containsOnly(201, 409).containsOnlyOnce(201);
    }

    @RepeatedTest(3)
    void sourcesThatAreMadeAtOnceAreAllMade() throws InterruptedException, ExecutionException {
        assertThat(createAtOnce("{\"name\":\"shop\",\"type\":\"generic-webhook\"}"))
                .containsOnly(201);
    }

    /** Not by a parallel stream, which has but as many threads as the machine has cores. */
    private List<Integer> createAtOnce(String body) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Integer> statuses = new ArrayList<>();
        try {
            Callable<Integer> create =
                    () -> gateway.manage("POST", SOURCES, body).statusCode();
            for (Future<Integer> status : threads.invokeAll(Collections.nCopies(16, create))) {
                statuses.add(status.get());
            }
        } finally {
            threads.shutdownNow();
        }
        return statuses;
    }

    @Test
    void aSourceThatIsTooLargeToReadIsRefused() {
        HttpResponse<String> answer = gateway.manage(
                "POST", SOURCES, "{\"name\":\"" + "x".repeat(MAX_API_BODY) + "\",\"type\":\"generic-webhook\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void anEventThatIsNotThereIsNeitherReplayedNorDiscarded() {
        String path = SOURCES + "/default/event/evt_none";

        assertThat(gateway.manage("GET", path, "").statusCode()).isEqualTo(404);
        assertThat(gateway.manage("POST", path + "/replay", "").statusCode()).isEqualTo(404);
        assertThat(gateway.manage("DELETE", path, "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"since\":\"yesterday\"}",
                "{\"since\":1795608000}",
                "{\"since\":\"2026-11-25T12:00:00Z\",\"until\":\"tomorrow\"}",
                "{\"since\":\"2026-11-25T12:00:00Z\",\"status\":\"lost\"}",
                "[]"
            })
    void aReplayOfManyWithoutATimeOrWithAnOddOneIsRefused(String body) {
        assertThat(gateway.manage("POST", SOURCES + "/default/replay", body).statusCode())
                .isEqualTo(422);
    }

    // Events -----------------------------------------------------------------------------------------------------

    @Test
    void whatASourceReceivedIsListedReadReplayedAndDiscarded() {
        String body = "{\"id\":\"" + uid() + "\",\"type\":\"order.paid\",\"n\":1.10}";
        String id = Gateway.json(gateway.receive("/webhooks", body)).getString("id");
        gateway.receive("/webhooks", body);
        String path = SOURCES + "/default/event/" + id;
        await().atMost(SOON).until(() -> event(path).getString("status").equals("PROCESSED"));

        JsonObject event = event(path);
        assertThat(new String(Base64.getDecoder().decode(event.getString("body")), UTF_8))
                .isEqualTo(body);
        assertThat(event.getInt("duplicates")).isEqualTo(1);
        assertThat(event.getJsonObject("headers")).containsKey("content-length");
        assertThat(gateway.manage("GET", SOURCES + "/default/event?event_types=order.paid&limit=250", "")
                        .body())
                .contains(id);
        assertThat(gateway.manage("GET", SOURCES + "/default/event?status=dead&limit=250", "")
                        .body())
                .doesNotContain(id);

        assertThat(gateway.manage("POST", path + "/replay", "").statusCode()).isEqualTo(202);
        await().atMost(SOON)
                .until(() -> event(path).getInt("replays") == 1
                        && event(path).getString("status").equals("PROCESSED"));
        assertThat(gateway.manage(
                                "POST",
                                SOURCES + "/default/replay",
                                "{\"since\":\"" + event.getString("receivedAt") + "\",\"status\":\"processed\"}")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(SOON).until(() -> event(path).getInt("replays") == 2);
        await().atMost(SOON).until(() -> event(path).getString("status").equals("PROCESSED"));

        // What has succeeded is run again only where that is asked for
        String task = Gateway.json(gateway.manage(
                        "POST", SOURCES + "/default/replay", "{\"since\":\"" + event.getString("receivedAt") + "\"}"))
                .getString("id");
        await().atMost(SOON)
                .until(() -> Gateway.json(gateway.manage("GET", "/api/v1/background-task/" + task, ""))
                        .getString("status")
                        .equals("finished"));
        assertThat(event(path).getInt("replays")).isEqualTo(2);

        assertThat(event(path).getJsonArray("history").getValuesAs(JsonObject.class))
                .extracting(
                        dispatch -> dispatch.getInt("replay"),
                        dispatch -> dispatch.getInt("dispatch"),
                        dispatch -> dispatch.getString("outcome"))
                .containsExactly(tuple(0, 1, "PROCESSED"), tuple(1, 1, "PROCESSED"), tuple(2, 1, "PROCESSED"));

        assertThat(gateway.manage("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(gateway.manage("GET", path, "").statusCode()).isEqualTo(404);
        assertThat(gateway.manage("GET", SOURCES + "/none/event", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void receivedEventsAreListedByTimeStatusAndTypeAndPageByPage() {
        String uid = uid();
        create(uid, "generic", "s");
        List<String> made = Stream.of("order.paid", "order.sent", "user.made", "user.left")
                .map(type -> Gateway.json(receive("/webhooks/" + uid, "s", "{\"type\":\"" + type + "\"}"))
                        .getString("id"))
                .toList();
        String events = "/" + uid + "/event";
        String second = event(SOURCES + events + "/" + made.get(1)).getString("receivedAt");
        String third = event(SOURCES + events + "/" + made.get(2)).getString("receivedAt");

        assertThat(ids(list(events + "?after=" + second))).containsExactly(made.get(3), made.get(2), made.get(1));
        assertThat(ids(list(events + "?before=" + third))).containsExactly(made.get(1), made.get(0));
        assertThat(ids(list(events + "?after=" + second + "&before=" + third))).containsExactly(made.get(1));
        assertThat(ids(list(events + "?event_types=order.paid,user.left"))).containsExactly(made.get(3), made.get(0));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ids(list(events + "?status=processed&before=" + third)))
                        .containsExactly(made.get(1), made.get(0)));
        assertThat(ids(list(events + "?status=failed"))).isEmpty();

        JsonObject first = list(events + "?limit=2&after=" + second);
        JsonObject rest = list(events + "?limit=2&after=" + second + "&iterator=" + first.getString("iterator"));
        JsonObject back = list(events + "?limit=2&after=" + second + "&iterator=" + rest.getString("prevIterator"));
        assertThat(ids(first)).containsExactly(made.get(3), made.get(2));
        assertThat(first.getBoolean("done")).isFalse();
        assertThat(ids(rest)).containsExactly(made.get(1));
        assertThat(rest.getBoolean("done")).isTrue();
        assertThat(ids(back)).isEqualTo(ids(first));
    }

    /** Senders have names for their events that no event type of Svix's could have. */
    @ParameterizedTest
    @CsvSource({"orders/create, orders%2Fcreate", "repo:push, repo:push", "Push Hook, Push%20Hook"})
    void receivedEventsAreListedByTheTypeThatTheirSenderGaveThem(String type, String query) {
        String uid = uid();
        create(uid, "generic", "s");
        String wanted = Gateway.json(receive("/webhooks/" + uid, "s", "{\"type\":\"" + type + "\"}"))
                .getString("id");
        receive("/webhooks/" + uid, "s", "{\"type\":\"other\"}");

        assertThat(ids(list("/" + uid + "/event?event_types=none," + query))).containsExactly(wanted);
    }

    @Test
    void aSourceThatIsRenamedKeepsItsEventsAndKnowsItsDuplicates() {
        String before = uid();
        String after = uid();
        String source = create(before, "generic", "s").getString("id");
        String body = "{\"id\":\"1\",\"type\":\"order.paid\"}";
        String id = Gateway.json(receive("/webhooks/" + before, "s", body)).getString("id");

        rename(before, after);

        HttpResponse<String> again = receive("/webhooks/" + after, "s", body);
        assertThat(again.body()).isEqualTo("{\"status\":\"duplicate\",\"id\":\"" + id + "\"}");
        assertThat(eventsOf(after)).containsExactly(id);
        assertThat(eventsOf(source)).containsExactly(id);
        assertThat(event(SOURCES + "/" + after + "/event/" + id).getString("source"))
                .isEqualTo(after);
        assertThat(gateway.events("?source=" + after).getValuesAs(JsonObject.class))
                .extracting(event -> event.getString("id"), event -> event.getString("source"))
                .containsExactly(tuple(id, after));

        // Observers know it by the name that it has
        assertThat(gateway.manage("POST", SOURCES + "/" + after + "/event/" + id + "/replay", "")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(server.log())
                        .anyMatch(line -> line.contains("Webhook " + id + ": order.paid from " + after)));

        // And without any uid
        gateway.manage("PATCH", SOURCES + "/" + after, "{\"uid\":null}");
        assertThat(Gateway.json(receive("/webhooks/" + source, "s", body)).getString("status"))
                .isEqualTo("duplicate");
    }

    @Test
    void whoeverTakesTheFormerNameOfASourceGetsNoneOfItsEvents() {
        String name = uid();
        create(name, "generic", "s");
        String body = "{\"id\":\"1\"}";
        String id = Gateway.json(receive("/webhooks/" + name, "s", body)).getString("id");
        String renamed = uid();
        rename(name, renamed);
        create(name, "generic", "s");

        HttpResponse<String> answer = receive("/webhooks/" + name, "s", body);

        assertThat(Gateway.json(answer).getString("status")).isEqualTo("received");
        assertThat(eventsOf(name)).containsExactly(Gateway.json(answer).getString("id"));
        assertThat(eventsOf(renamed)).containsExactly(id);
        gateway.manage("DELETE", SOURCES + "/" + renamed, "");
        assertThat(gateway.events("?limit=250").getValuesAs(JsonObject.class))
                .filteredOn(event -> event.getString("id").equals(id))
                .extracting(event -> event.getString("source"))
                .containsExactly(name);
    }

    @Test
    void aUidThatIsTheNameOfAConfiguredSourceIsRefused() {
        String uid = uid();
        create(uid, "generic", "s");
        String body = "{\"name\":\"shop\",\"uid\":\"default\",\"type\":\"generic\",\"config\":{\"secret\":\"s\"}}";

        HttpResponse<String> created = gateway.manage("POST", SOURCES, body);
        HttpResponse<String> put = gateway.manage("PUT", SOURCES + "/" + uid, body);
        HttpResponse<String> patched = gateway.manage("PATCH", SOURCES + "/" + uid, "{\"uid\":\"default\"}");

        assertThat(List.of(created, put, patched)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(Gateway.json(answer).getString("detail"))
                    .isEqualTo("A source of the configuration has this name");
        });
        assertThat(receive("/webhooks/" + uid, "s", "{}").statusCode()).isEqualTo(200);
    }

    private void rename(String uid, String to) {
        assertThat(gateway.manage("PATCH", SOURCES + "/" + uid, "{\"uid\":\"" + to + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    private List<String> eventsOf(String source) {
        return ids(list("/" + source + "/event"));
    }

    private JsonObject event(String path) {
        return Gateway.json(gateway.manage("GET", path, ""));
    }

    private JsonObject create(String uid, String type, String secret) {
        HttpResponse<String> answer = gateway.manage(
                "POST",
                SOURCES,
                "{\"name\":\"shop\",\"uid\":\"" + uid + "\",\"type\":\"" + type + "\",\"config\":{\"secret\":\""
                        + secret + "\"}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Gateway.json(answer);
    }

    private HttpResponse<String> receiveJson(String uid, String secret, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return gateway.post(
                "/webhooks/" + uid,
                bytes,
                Map.of("X-Webhook-Signature", PlainSignature.sign(secret, bytes), "Content-Type", "application/json"));
    }

    private HttpResponse<String> receive(String path, String secret, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return gateway.post(path, bytes, Map.of("X-Webhook-Signature", PlainSignature.sign(secret, bytes)));
    }
}
