package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.models.ApplicationIn;
import com.svix.models.EndpointIn;
import com.svix.models.EndpointOut;
import com.svix.models.EndpointUpdate;
import com.svix.models.EventExampleIn;
import com.svix.models.EventTypeIn;
import com.svix.models.EventTypeOut;
import com.svix.models.MessageAttemptOut;
import com.svix.models.MessageIn;
import com.svix.models.MessageOut;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of a Svix server rely on though its OpenAPI document does not say it, and no other story tells. */
abstract class SemanticsStories extends SdkStories {

    private static final int DEFAULT_LIMIT = 50;
    private static final int AT_ONCE = 20;

    // All operations ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /api/v1/app?limit=x          |                                             | 400 | generic_error",
                "GET  | /api/v1/app?limit=1&limit=2  |                                             | 400 | generic_error",
                "GET  | /api/v1/app?order=sideways   |                                             | 400 | generic_error",
                "POST | /api/v1/app?get_if_exists=1  | {\"name\":\"\"}                               | 400 | generic_error",
                "GET  | /api/v1/app/nobody           |                                             | 404 | not_found",
                "POST | /api/v1/app                  | {\"name\":\"a\",\"uid\":\"error-codes\"}    | 409 | conflict",
                "POST | /api/v1/event-type           | {\"name\":\"error.codes\",\"description\":\"d\"} | 409 | event_type_exists"
            })
    void anErrorHasACode(String method, String path, String body, int status, String code) {
        gateway.manage("PUT", "/api/v1/app/error-codes", "{\"name\":\"a\",\"uid\":\"error-codes\"}");
        gateway.manage("PUT", "/api/v1/event-type/error.codes", "{\"description\":\"d\"}");

        HttpResponse<String> answer = gateway.manage(method, path, body == null ? "" : body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Gateway.json(answer).getString("code")).isEqualTo(code);
    }

    @Test
    void whatIsNotThereIsNoEntity() {
        assertThat(gateway.manage("GET", "/api/v1/app/nobody", "").body())
                .isEqualTo("{\"code\":\"not_found\",\"detail\":\"Entity not found\"}");
        assertThat(gateway.manage("POST", "/api/v1/app/nobody/msg", "{\"eventType\":\"a\",\"payload\":{}}")
                        .body())
                .isEqualTo("{\"code\":\"not_found\",\"detail\":\"Application not found\"}");
    }

    @Test
    void aBodyBeyondTheLimitIsTooLarge() {
        HttpResponse<String> answer =
                gateway.manage("POST", "/api/v1/app", "{\"name\":\"" + "x".repeat(MAX_API_BODY) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Gateway.json(answer).getString("code")).isEqualTo("payload_too_large");
    }

    @Test
    void aMessageMayBeLargerThanAWebhook() {
        String message = "{\"eventType\":\"a\",\"payload\":{\"text\":\"" + "x".repeat(MAX_BODY) + "\"}}";

        assertThat(status("POST", "/api/v1/app/" + application() + "/msg", message))
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({"limit=251, limit", "iterator=msg_1, iterator"})
    void aQueryThatBreaksARuleIsNamed(String query, String parameter) {
        HttpResponse<String> answer = gateway.manage("GET", "/api/v1/app?" + query, "");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"loc\":[\"query\",\"" + parameter + "\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/msg?event_types=                       | event_types",
                "/msg?event_types=a,                     | event_types",
                "/msg?event_types[]=a&event_types[1]=b%20c | event_types",
                "/msg?channel=                           | channel",
                "/attempt/msg/m?endpoint_id=$$endpoint   | endpoint_id",
                "/msg/m/attempt?endpoint_id=             | endpoint_id"
            })
    void aNameInAQueryIsHeldToTheRuleOfNames(String query, String parameter) throws Exception {
        String app = application();
        svix.getMessage()
                .create(app, new MessageIn().eventId("m").eventType("a").payload("{}"));

        HttpResponse<String> answer = gateway.manage("GET", "/api/v1/app/" + app + query, "");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"loc\":[\"query\",\"" + parameter + "\"]");
    }

    @Test
    void aQueryIsReadBeforeItsApplicationIsLookedFor() {
        for (String list : List.of("endpoint", "msg", "attempt/endpoint/e", "attempt/msg/m", "endpoint/e/msg")) {
            assertThat(status("GET", "/api/v1/app/nobody/" + list + "?limit=251", ""))
                    .as(list)
                    .isEqualTo(422);
        }
        for (String list : List.of("msg", "attempt/endpoint/e", "attempt/msg/m", "endpoint/e/msg", "msg/m")) {
            assertThat(status("GET", "/api/v1/app/nobody/" + list + "?with_content=1", ""))
                    .as(list)
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app/{app}/endpoint/nobody         | {\"disabled\":null}",
                "app/{app}/endpoint/nobody         | {\"url\":\"ftp://example.com\"}",
                "app/{app}/endpoint/nobody         | {\"eventTypes\":[\"not.registered\"]}",
                "app/{app}/endpoint/nobody/headers | {\"headers\":{\"svix-id\":\"1\"}}",
                "event-type/not.registered         | {\"description\":null}"
            })
    void aPatchIsHeldToTheRulesWhetherOrNotThereIsWhatItIsOf(String path, String body) {
        String url = "/api/v1/" + path.replace("{app}", application());

        assertThat(status("PATCH", url, body)).isEqualTo(422);
        assertThat(status("PATCH", url, "{\"headers\":{}}")).isEqualTo(404);
    }

    @Test
    void whatNobodyKnowsIsIgnored() {
        HttpResponse<String> created =
                gateway.manage("POST", "/api/v1/app?nothing=1&nothing=2", "{\"name\":\"a\",\"nothing\":{\"x\":[1]}}");

        assertThat(created.statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/app, 200", "/api/v1/app/nobody, 404", "/api/v1/app?limit=251, 422", "/api/v1/health/ping/, 204"
    })
    void aHeadIsAnsweredAsAGetWithoutItsBody(String path, int status) {
        HttpResponse<String> answer = gateway.manage("HEAD", path, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aPathThatLeadsNowhereIsNotFoundBeforeATokenIsAskedFor() {
        assertThat(gateway.send("GET", "/api/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(gateway.send("GET", "/api/v1/app/a/nothing").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"rateLimit\":7                       | 7",
                "\"throttleRate\":65535                | 65535",
                "\"rateLimit\":7,\"throttleRate\":9 | 9",
                "\"throttleRate\":null                 | null"
            })
    void aRateHasAnOlderName(String fields, String rate) {
        JsonObject app = Gateway.json(gateway.manage("POST", "/api/v1/app", "{\"name\":\"a\"," + fields + "}"));
        JsonObject endpoint = Gateway.json(gateway.manage(
                "POST",
                "/api/v1/app/" + app.getString("id") + "/endpoint",
                "{\"url\":\"http://example.com/\"," + fields + "}"));

        assertThat(app.get("throttleRate")).hasToString(rate);
        assertThat(endpoint.get("throttleRate")).hasToString(rate);
        assertThat(endpoint.get("rateLimit")).hasToString(rate);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"rateLimit\":5                         | 5",
                "\"rateLimit\":null                      | null",
                "\"throttleRate\":null,\"rateLimit\":5 | null",
                "\"throttleRate\":5,\"rateLimit\":null | 5",
                "\"metadata\":null                       | 7"
            })
    void ofTwoNamesOfARateTheNewerWinsInAPatchToo(String fields, String rate) {
        String app = "/api/v1/app/"
                + Gateway.json(gateway.manage("POST", "/api/v1/app", "{\"name\":\"a\",\"throttleRate\":7}"))
                        .getString("id");
        String endpoint = app + "/endpoint/e";
        gateway.manage("POST", app + "/endpoint", "{\"url\":\"http://example.com/\",\"uid\":\"e\",\"throttleRate\":7}");

        gateway.manage("PATCH", app, "{" + fields + "}");
        gateway.manage("PATCH", endpoint, "{" + fields + "}");

        assertThat(json(app).get("throttleRate")).hasToString(rate);
        assertThat(json(endpoint).get("throttleRate")).hasToString(rate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"rateLimit\":0", "\"rateLimit\":65536", "\"throttleRate\":0", "\"throttleRate\":65536"})
    void aRateHasItsBounds(String field) {
        assertThat(status("POST", "/api/v1/app", "{\"name\":\"a\"," + field + "}"))
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({"1, 201", "256, 201", "257, 422", "0, 422"})
    void aUidHasItsLength(int length, int status) {
        String uid = "Az09-_." + uid() + "x".repeat(256);
        String app = application();

        assertThat(status(
                        "POST",
                        "/api/v1/app/" + app + "/endpoint",
                        "{\"url\":\"http://example.com/\",\"uid\":\"" + uid.substring(0, length) + "\"}"))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"a/b, a%2Fb", "a b, a%20b", "é, %C3%A9", "a:b, a:b", "a+b, a+b"})
    void aUidOfOddCharactersIsRefusedAndLeadsNowhere(String uid, String segment) {
        String app = "/api/v1/app/" + application();

        assertThat(status("POST", "/api/v1/app", "{\"name\":\"a\",\"uid\":\"" + uid + "\"}"))
                .isEqualTo(422);
        assertThat(status("POST", app + "/endpoint", "{\"url\":\"http://a.example/\",\"uid\":\"" + uid + "\"}"))
                .isEqualTo(422);
        assertThat(status("POST", app + "/msg", "{\"eventType\":\"a\",\"payload\":{},\"eventId\":\"" + uid + "\"}"))
                .isEqualTo(422);
        for (String path : List.of("/api/v1/app/", app + "/endpoint/", app + "/msg/")) {
            assertThat(status("GET", path + segment, "")).as(path).isEqualTo(404);
        }
    }

    /** Every client takes them for another path. */
    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void whatNoPathCouldLeadToIsNoUid(String uid) {
        String app = "/api/v1/app/" + application();

        assertThat(status("POST", "/api/v1/app", "{\"name\":\"a\",\"uid\":\"" + uid + "\"}"))
                .isEqualTo(422);
        assertThat(status("PATCH", app, "{\"uid\":\"" + uid + "\"}")).isEqualTo(422);
        assertThat(status("POST", "/api/v1/event-type", "{\"description\":\"a\",\"name\":\"" + uid + "\"}"))
                .isEqualTo(422);
    }

    @Test
    void theUidOfADeletedEndpointCanBeUsedAgain() throws Exception {
        String app = application();
        EndpointIn endpoint =
                new EndpointIn().url(URI.create("http://example.com/")).uid("again");
        String first = svix.getEndpoint().create(app, endpoint).getId();
        assertThat(status(
                        "POST",
                        "/api/v1/app/" + app + "/endpoint",
                        "{\"url\":\"http://b.example/\",\"uid\":\"again\"}"))
                .isEqualTo(409);

        svix.getEndpoint().delete(app, "again");

        assertThat(svix.getEndpoint().create(app, endpoint).getId()).isNotEqualTo(first);
    }

    @Test
    void metadataAreTextsThatAPatchReplacesAsAWhole() {
        String app = "/api/v1/app/" + application();
        String largest = "{\"k\":\"" + "x".repeat(4_096 - "{\"k\":\"\"}".length()) + "\"}";

        assertThat(metadata(app, largest)).isEqualTo(200);
        assertThat(metadata(app, largest.replace("\"}", "x\"}"))).isEqualTo(422);
        assertThat(metadata(app, "{\"k\":1}")).isEqualTo(422);
        assertThat(metadata(app, "{\"a\":\"1\"}")).isEqualTo(200);
        assertThat(metadata(app, "{\"b\":\"2\"}")).isEqualTo(200);
        assertThat(json(app).get("metadata")).hasToString("{\"b\":\"2\"}");
        assertThat(metadata(app, "null")).isEqualTo(200);
        assertThat(json(app).get("metadata")).hasToString("{}");
    }

    private int metadata(String app, String metadata) {
        return status("PATCH", app, "{\"metadata\":" + metadata + "}");
    }

    // Lists ------------------------------------------------------------------------------------------------------

    @Test
    void aPageHasFiftyItemsUnlessMoreOrFewerAreAskedFor() throws Exception {
        String app = application();
        List<String> published = new ArrayList<>();
        for (int i = 0; i <= DEFAULT_LIMIT; i++) {
            published.add(0, publish(app, "order.paid").getId());
        }
        String list = "/api/v1/app/" + app + "/msg";

        JsonObject page = json(list);
        JsonObject none = json(list + "?limit=0");

        assertThat(ids(page)).isEqualTo(published.subList(0, DEFAULT_LIMIT));
        assertThat(page.getString("iterator")).isEqualTo(published.get(DEFAULT_LIMIT - 1));
        assertThat(page.getString("prevIterator")).isEqualTo("-" + published.get(0));
        assertThat(page.getBoolean("done")).isFalse();
        assertThat(ids(json(list + "?limit=250"))).isEqualTo(published);
        assertThat(ids(none)).isEmpty();
        assertThat(none.getBoolean("done")).isFalse();
    }

    @Test
    void anEmptyPageLeadsNowhere() {
        String list = "/api/v1/app/" + application() + "/endpoint";

        assertThat(gateway.manage("GET", list, "").body()).isEqualTo("{\"data\":[],\"iterator\":null,\"done\":true}");
        assertThat(gateway.manage("GET", list + "?limit=0", "").body())
                .isEqualTo("{\"data\":[],\"iterator\":null,\"done\":true}");
    }

    @Test
    void anIteratorOutlivesWhatItNames() throws Exception {
        String app = application();
        List<String> made = List.of(
                endpoint(app, path()).getId(),
                endpoint(app, path()).getId(),
                endpoint(app, path()).getId());
        String list = "/api/v1/app/" + app + "/endpoint?limit=1&iterator=";

        svix.getEndpoint().delete(app, made.get(1));

        assertThat(ids(json(list + made.get(1)))).containsExactly(made.get(0));
        assertThat(ids(json(list + "-" + made.get(1)))).containsExactly(made.get(2));
    }

    @Test
    void applicationsAreListedOldestFirstUnlessAskedForTheOtherWayRound() {
        List<String> made = List.of(application(), application(), application());
        String behindTheFirst = "/api/v1/app?limit=250&iterator=" + made.get(0);
        String behindTheLast = "/api/v1/app?order=descending&iterator=" + made.get(2);

        // Other stories make some as well, meanwhile.
        assertThat(ids(json(behindTheFirst))).containsSubsequence(made.get(1), made.get(2));
        assertThat(ids(json(behindTheFirst + "&order=ascending"))).containsSubsequence(made.get(1), made.get(2));
        assertThat(ids(json(behindTheLast))).containsSubsequence(made.get(1), made.get(0));
        assertThat(ids(json(behindTheFirst))).doesNotContain(made.get(0));
    }

    // Applications and event types -------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"", "a\\u0000b", "\\u0008"})
    void aNameHasSomethingToShow(String name) {
        assertThat(status("POST", "/api/v1/app", "{\"name\":\"" + name + "\"}")).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a\\tb\\nc", "\\u007f\\u0085", "é 😊"})
    void aNameMayHaveAnyOtherLetter(String name) {
        HttpResponse<String> created = gateway.manage("POST", "/api/v1/app", "{\"name\":\"" + name + "\"}");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json("/api/v1/app/" + Gateway.json(created).getString("id")).getString("name"))
                .isEqualTo(Gateway.json("{\"name\":\"" + name + "\"}").getString("name"));
    }

    @Test
    void whatIsUnsetIsLeftOutButForTheRate() {
        JsonObject app = Gateway.json(gateway.manage("POST", "/api/v1/app", "{\"name\":\"a\"}"));

        assertThat(app).doesNotContainKeys("uid", "rateLimit").containsEntry("throttleRate", JsonValue.NULL);
    }

    @Test
    void whoGetsAnApplicationIfItExistsHasToDescribeItAllTheSame() throws Exception {
        String uid = uid();
        String id = svix.getApplication()
                .create(new ApplicationIn().name("first").uid(uid))
                .getId();
        String ifItExists = "/api/v1/app?get_if_exists=true";

        HttpResponse<String> existing =
                gateway.manage("POST", ifItExists, "{\"name\":\"second\",\"uid\":\"" + uid + "\"}");

        assertThat(existing.statusCode()).isEqualTo(200);
        assertThat(Gateway.json(existing).getString("id")).isEqualTo(id);
        assertThat(Gateway.json(existing).getString("name")).isEqualTo("first");
        assertThat(status("POST", ifItExists, "{\"name\":\"\",\"uid\":\"" + uid + "\"}"))
                .isEqualTo(422);
        assertThat(status("POST", ifItExists, "{\"name\":\"first\"}")).isEqualTo(201);
    }

    @Test
    void anArchivedEventTypeIsCreatedOverKeepingItsAge() throws Exception {
        String name = uid();
        EventTypeOut old = svix.getEventType()
                .create(new EventTypeIn()
                        .name(name)
                        .description("old")
                        .featureFlag("f")
                        .deprecated(true)
                        .schemas(Map.of("1", Map.of("type", "object"))));
        svix.getEventType().delete(name);

        EventTypeOut created =
                svix.getEventType().create(new EventTypeIn().name(name).description("new"));

        assertThat(created.getDescription()).isEqualTo("new");
        assertThat(created.getCreatedAt()).isEqualTo(old.getCreatedAt());
        assertThat(created.getFeatureFlag()).isNull();
        assertThat(created.getSchemas()).isNull();
        assertThat(created.getDeprecated()).isFalse();
        assertThat(created.getArchived()).isFalse();
    }

    // Endpoints --------------------------------------------------------------------------------------------------

    @Test
    void everyFieldOfAnEndpointIsThere() {
        HttpResponse<String> created = gateway.manage(
                "POST", "/api/v1/app/" + application() + "/endpoint", "{\"url\":\"http://example.com/\"}");

        JsonObject endpoint = Gateway.json(created);
        assertThat(List.of("uid", "channels", "eventTypes", "filterTypes", "rateLimit", "throttleRate"))
                .allSatisfy(field -> assertThat(endpoint.get(field)).hasToString("null"));
        assertThat(endpoint.getInt("version")).isEqualTo(1);
        assertThat(endpoint.getString("description")).isEmpty();
        assertThat(endpoint.getBoolean("disabled")).isFalse();
        assertThat(endpoint.get("metadata")).hasToString("{}");
    }

    @Test
    void anEndpointCannotBeginToFilterByAnArchivedEventType() throws Exception {
        String type = uid();
        svix.getEventType().create(new EventTypeIn().name(type).description("d"));
        svix.getEventType().delete(type);

        HttpResponse<String> answer = gateway.manage(
                "POST",
                "/api/v1/app/" + application() + "/endpoint",
                "{\"url\":\"http://example.com/\",\"eventTypes\":[\"" + type + "\"]}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(type);
    }

    @Test
    void allEventTypesThatThereAreNotAreNamed() {
        HttpResponse<String> answer = gateway.manage(
                "POST",
                "/api/v1/app/" + application() + "/endpoint",
                "{\"url\":\"http://example.com/\",\"eventTypes\":[\"not.there\",\"neither.there\"]}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("not.there", "neither.there", "\"loc\":[\"body\",\"eventTypes\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT   | /headers       | {\"headers\":{\"a\":\"1\"}}",
                "PATCH | /headers       | {\"headers\":{\"a\":null}}",
                "POST  | /secret/rotate | {}",
                "PUT   | /credentials   | {\"bearer\":{\"token\":\"t\"}}"
            })
    void whateverIsChangedOfAnEndpointIsAnUpdateOfIt(String method, String path, String body) {
        String app = application();
        EndpointOut endpoint = endpoint(app, path());
        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint.getId();

        assertThat(status(method, url + path, body)).isEqualTo(204);

        assertThat(OffsetDateTime.parse(json(url).getString("updatedAt"))).isAfter(endpoint.getUpdatedAt());
    }

    @ParameterizedTest
    @CsvSource({"1, 201", "10, 201", "11, 422", "0, 422"})
    void anEndpointHasUpToTenChannels(int channels, int status) {
        assertThat(status(
                        "POST",
                        "/api/v1/app/" + application() + "/endpoint",
                        "{\"url\":\"http://example.com/\",\"channels\":[" + names(channels) + "]}"))
                .isEqualTo(status);
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"c" + i + "\"").collect(Collectors.joining(","));
    }

    @Test
    void channelsAreASet() {
        HttpResponse<String> created = gateway.manage(
                "POST",
                "/api/v1/app/" + application() + "/endpoint",
                "{\"url\":\"http://example.com/\",\"channels\":[\"b\",\"a\",\"b\"]}");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(Gateway.json(created).getJsonArray("channels"))
                .containsExactlyInAnyOrder(Json.createValue("a"), Json.createValue("b"));
    }

    @Test
    void puttingAnEndpointLeavesItsHeadersAlone() throws Exception {
        String app = application();
        String endpoint = svix.getEndpoint()
                .create(
                        app,
                        new EndpointIn().url(URI.create("http://example.com/")).headers(Map.of("X-Mine", "1")))
                .getId();

        svix.getEndpoint().update(app, endpoint, new EndpointUpdate().url(URI.create("http://example.com/b")));

        assertThat(svix.getEndpoint().getHeaders(app, endpoint).getHeaders()).isEqualTo(Map.of("X-Mine", "1"));
    }

    @Test
    void whatIsDeletedIsSentNothingMore() throws Exception {
        String app = application();
        String gone = path();
        String deleted = endpoint(app, gone).getId();
        String path = path();
        String left = endpoint(app, path).getId();
        publish(app, "order.paid");
        awaitRequests(gone, 1);

        svix.getEndpoint().delete(app, deleted);
        MessageOut message = publish(app, "order.paid");

        awaitRequests(path, 2);
        await().atMost(SOON).until(() -> !attempts(app, message).isEmpty());
        assertThat(attempts(app, message))
                .extracting(MessageAttemptOut::getEndpointId)
                .containsExactly(left);
        assertThat(receiver.requestsTo(gone)).hasSize(1);

        svix.getApplication().delete(app);

        assertThat(status("POST", "/api/v1/app/" + app + "/msg", "{\"eventType\":\"a\",\"payload\":{}}"))
                .isEqualTo(404);
    }

    @Test
    void aTypeThatOnlyBeginsLikeTheOneAskedForIsAnother() throws Exception {
        String app = application();
        String type = uid();
        svix.getEventType().create(new EventTypeIn().name(type).description("d"));
        String endpoint = svix.getEndpoint()
                .create(
                        app,
                        new EndpointIn().url(URI.create(receiver.url(path()))).filterTypes(Set.of(type)))
                .getId();

        MessageOut message = publish(app, type + ".paid");

        assertThat(reason(app, message.getId(), endpoint)).isEqualTo("filtered by event type");
    }

    // Messages and attempts --------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"1, 202", "5, 202", "6, 422", "0, 422"})
    void aMessageHasUpToFiveChannels(int channels, int status) {
        assertThat(status(
                        "POST",
                        "/api/v1/app/" + application() + "/msg",
                        "{\"eventType\":\"a\",\"payload\":{},\"channels\":[" + names(channels) + "]}"))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"nobody, 404", "a%20b, 422", "%C3%A9, 422", "a%40b, 422"})
    void aMessageToWhatNoApplicationCanBeCalledBreaksARule(String app, int status) {
        HttpResponse<String> answer =
                gateway.manage("POST", "/api/v1/app/" + app + "/msg", "{\"eventType\":\"a\",\"payload\":{}}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body().contains("\"loc\":[\"path\",\"app_id\"]")).isEqualTo(status == 422);
    }

    /** So whoever has come to some time goes on from there: what came next first, then what its iterator leads to. */
    @Test
    void withATimeAfterWhichAloneAListBeginsThereAndGoesOnToWhatIsNewer() throws Exception {
        String app = application();
        String endpoint = endpoint(app, path()).getId();
        List<String> made = new ArrayList<>();
        String time = null;
        for (int i = 0; i < 4; i++) {
            MessageOut message = publish(app, "a");
            made.add(message.getId());
            time = time == null ? message.getTimestamp().toInstant().toString() : time;
            awaitAttempt(app, message.getId());
        }

        for (String list : List.of("/msg", "/endpoint/" + endpoint + "/msg", "/attempt/endpoint/" + endpoint)) {
            String from = "/api/v1/app/" + app + list + "?limit=2&after=" + time;
            JsonObject first = json(from);
            JsonObject next = json(from + "&iterator=" + first.getString("prevIterator"));
            JsonObject newest = json(from + "&before=" + OffsetDateTime.now().toInstant());

            assertThat(messageIds(first)).as(list).containsExactly(made.get(1), made.get(0));
            assertThat(first.getBoolean("done")).as(list).isFalse();
            assertThat(messageIds(next)).as(list).containsExactly(made.get(3), made.get(2));
            assertThat(next.getBoolean("done")).as(list).isTrue();
            assertThat(messageIds(newest)).as(list).containsExactly(made.get(3), made.get(2));
        }
        for (String list : List.of("/attempt/msg/%s", "/msg/%s/attempt", "/msg/%s/endpoint/" + endpoint + "/attempt")) {
            String from = "/api/v1/app/" + app + list.formatted(made.get(3));
            assertThat(messageIds(json(from + "?after=" + time))).as(list).containsExactly(made.get(3));
        }
    }

    private void awaitAttempt(String app, String message) {
        await().atMost(SOON)
                .until(() -> !json("/api/v1/app/" + app + "/attempt/msg/" + message)
                        .getJsonArray("data")
                        .isEmpty());
    }

    /** Of a list of messages or of attempts. */
    private static List<String> messageIds(JsonObject page) {
        return page.getJsonArray("data").getValuesAs(JsonObject.class).stream()
                .map(item -> item.getString("msgId", item.getString("id")))
                .toList();
    }

    @Test
    void theContentOfOneMessageCanBeLeftOut() throws Exception {
        String list = "/api/v1/app/" + application() + "/msg";
        String message = "{\"eventType\":\"a\",\"payload\":{\"n\":1}}";

        JsonObject without = Gateway.json(gateway.manage("POST", list + "?with_content=false", message));
        JsonObject with = Gateway.json(gateway.manage("POST", list + "?with_content=true", message));
        String stored = list + "/" + without.getString("id");

        assertThat(without.get("payload")).hasToString("{}");
        assertThat(with.get("payload")).hasToString("{\"n\":1}");
        assertThat(json(stored).get("payload")).hasToString("{\"n\":1}");
        assertThat(json(stored + "?with_content=true").get("payload")).hasToString("{\"n\":1}");
        assertThat(json(stored + "?with_content=false").get("payload")).hasToString("{}");
    }

    @Test
    void theAttemptsOfAMessageAreFilteredByEndpointAndByWhatTheySentAndGot() throws Exception {
        String app = application();
        String failing = path();
        receiver.answer(failing, n -> 404);
        String refused = endpoint(app, failing).getId();
        String taken = endpoint(app, path()).getId();
        MessageOut message = svix.getMessage()
                .create(
                        app,
                        new MessageIn()
                                .eventType("order.paid")
                                .payload("{}")
                                .channels(Set.of("red"))
                                .tags(Set.of("urgent")));
        // An endpoint with a channel of its own would filter, these two take all.
        awaitAttempts(app, message, 2);
        String list = "/api/v1/app/" + app + "/attempt/msg/" + message.getId();

        assertThat(endpointsOf(list + "?endpoint_id=" + refused)).containsExactly(refused);
        assertThat(endpointsOf(list + "?endpoint_id=" + taken)).containsExactly(taken);
        assertThat(status("GET", list + "?endpoint_id=none", "")).isEqualTo(404);
        assertThat(endpointsOf(list + "?status_code_class=400")).containsExactly(refused);
        assertThat(endpointsOf(list + "?status_code_class=200")).containsExactly(taken);
        assertThat(endpointsOf(list + "?channel=red")).hasSize(2);
        assertThat(endpointsOf(list + "?channel=blue")).isEmpty();
        assertThat(endpointsOf(list + "?event_types=order.paid")).hasSize(2);
        assertThat(endpointsOf(list + "?event_types=order.sent")).isEmpty();
        assertThat(json(list + "?with_content=true&endpoint_id=" + taken)
                        .getJsonArray("data")
                        .getJsonObject(0)
                        .getString("response"))
                .isEqualTo("xx");
        assertThat(json(list + "?with_content=false&endpoint_id=" + taken)
                        .getJsonArray("data")
                        .getJsonObject(0)
                        .getString("response"))
                .isEqualTo("{}");
    }

    private List<String> endpointsOf(String attempts) {
        return json(attempts).getJsonArray("data").getValuesAs(JsonObject.class).stream()
                .map(attempt -> attempt.getString("endpointId"))
                .toList();
    }

    @Test
    void aTimeCutsAListOfAttemptsBetweenTwoOfThemHoweverManyCameAtOnce() {
        String app = application();
        String list = "/api/v1/app/" + app + "/attempt/endpoint/"
                + endpoint(app, path()).getId();
        IntStream.range(0, AT_ONCE)
                .parallel()
                .forEach(i -> status("POST", "/api/v1/app/" + app + "/msg", "{\"eventType\":\"a\",\"payload\":{}}"));
        await().atMost(SOON).until(() -> ids(json(list)).size() == AT_ONCE);

        JsonObject page = json(list);
        List<String> all = ids(page);

        for (int i = 0; i < AT_ONCE; i++) {
            String time = page.getJsonArray("data").getJsonObject(i).getString("timestamp");
            assertThat(ids(json(list + "?after=" + time))).isEqualTo(all.subList(0, i + 1));
            assertThat(ids(json(list + "?before=" + time))).isEqualTo(all.subList(i + 1, AT_ONCE));
        }
    }

    @Test
    void theMessagesOfAnEndpointAreFilteredByChannelTagAndTime() throws Exception {
        String app = application();
        String endpoint = endpoint(app, path()).getId();
        MessageOut red = svix.getMessage()
                .create(
                        app,
                        new MessageIn().eventType("order.paid").payload("{}").channels(Set.of("red")));
        MessageOut tagged = svix.getMessage()
                .create(
                        app,
                        new MessageIn().eventType("order.paid").payload("{}").tags(Set.of("urgent")));
        awaitAttempts(app, red, 1);
        awaitAttempts(app, tagged, 1);
        String list = "/api/v1/app/" + app + "/endpoint/" + endpoint + "/msg";
        String time = tagged.getTimestamp().toInstant().toString();

        assertThat(ids(json(list + "?channel=red"))).containsExactly(red.getId());
        assertThat(ids(json(list + "?channel=blue"))).isEmpty();
        assertThat(ids(json(list + "?tag=urgent"))).containsExactly(tagged.getId());
        assertThat(ids(json(list + "?before=" + time))).containsExactly(red.getId());
        assertThat(ids(json(list + "?after=" + time))).containsExactly(tagged.getId());
        assertThat(ids(json(list + "?after=" + time + "&before=" + time))).isEmpty();
    }

    @Test
    void statisticsAreOfTheTimeAskedFor() throws Exception {
        String app = application();
        String endpoint = endpoint(app, path()).getId();
        MessageOut message = publish(app, "order.paid");
        String time =
                awaitAttempts(app, message, 1).get(0).getTimestamp().toInstant().toString();
        String stats = "/api/v1/app/" + app + "/endpoint/" + endpoint + "/stats";

        assertThat(json(stats + "?since=" + time).getInt("success")).isEqualTo(1);
        assertThat(json(stats + "?until=" + time).getInt("success")).isZero();
    }

    @Test
    void anAttemptByHandEndsTheRetriesToCome() throws Exception {
        String app = application();
        String path = path();
        String endpoint = endpoint(app, path).getId();
        CountDownLatch asked = new CountDownLatch(1);
        receiver.answer(path, n -> failAfter(asked));
        MessageOut message = publish(app, "order.paid");
        awaitRequests(path, 1);

        assertThat(status(
                        "POST",
                        "/api/v1/app/" + app + "/msg/" + message.getId() + "/endpoint/" + endpoint + "/resend",
                        ""))
                .isEqualTo(202);
        asked.countDown();

        assertThat(awaitAttempts(app, message, 2))
                .extracting(attempt -> attempt.getTriggerType().getValue())
                .containsExactly(1L, 0L);
        assertThat(json("/api/v1/app/" + app + "/msg/" + message.getId() + "/endpoint")
                        .getJsonArray("data")
                        .getJsonObject(0)
                        .getInt("status"))
                .isEqualTo(2);
    }

    private static int failAfter(CountDownLatch latch) {
        try {
            return latch.await(SOON.toSeconds(), TimeUnit.SECONDS) ? 500 : 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 200;
        }
    }

    @Test
    void whatWasCanceledIsSaidToBeOnBothSides() throws Exception {
        String app = application();
        String path = path();
        String endpoint = endpoint(app, path).getId();
        CountDownLatch asked = new CountDownLatch(1);
        receiver.answer(path, n -> failAfter(asked));
        MessageOut message = publish(app, "order.paid");
        awaitRequests(path, 1);
        String ofEndpoint = "/api/v1/app/" + app + "/endpoint/" + endpoint;

        assertThat(status("POST", ofEndpoint + "/cancel-msgs", "{\"createdBefore\":\"2999-01-01T00:00:00Z\"}"))
                .isEqualTo(204);
        asked.countDown();
        awaitAttempts(app, message, 1);

        JsonObject ofMessage = json("/api/v1/app/" + app + "/msg/" + message.getId() + "/endpoint")
                .getJsonArray("data")
                .getJsonObject(0);
        assertThat(ids(json(ofEndpoint + "/msg?status=4"))).containsExactly(message.getId());
        assertThat(ids(json(ofEndpoint + "/msg?status=3"))).isEmpty();
        assertThat(ofMessage.getInt("status")).isEqualTo(4);
        assertThat(ofMessage.getString("statusText")).isEqualTo("canceled");
    }

    @Test
    void recoveryIsOfWhatFailedFromSinceUpToBeforeUntil() throws Exception {
        String app = application();
        String path = path();
        receiver.answer(path, n -> n == 1 ? 404 : 200);
        String endpoint = endpoint(app, path).getId();
        MessageOut message = publish(app, "order.paid");
        awaitAttempts(app, message, 1);
        String time = json("/api/v1/app/" + app + "/attempt/msg/" + message.getId())
                .getJsonArray("data")
                .getJsonObject(0)
                .getString("timestamp");
        String recover = "/api/v1/app/" + app + "/endpoint/" + endpoint + "/recover";

        recover(recover, Instant.parse(time).minusSeconds(60).toString(), time);
        awaitAttempts(app, message, 1);
        JsonObject task =
                recover(recover, time, Instant.parse(time).plusNanos(1_000).toString());

        awaitAttempts(app, message, 2);
        assertThat(task.getString("id")).startsWith("qtask_");
        assertThat(task.getString("status")).isEqualTo("running");
        assertThat(task.getString("task")).isEqualTo("endpoint.recover");
    }

    private JsonObject recover(String url, String since, String until) {
        JsonObject task =
                Gateway.json(gateway.manage("POST", url, "{\"since\":\"" + since + "\",\"until\":\"" + until + "\"}"));
        awaitFinished(task.getString("id"));
        return task;
    }

    private void awaitFinished(String task) {
        await().atMost(SOON)
                .until(() -> json("/api/v1/background-task/" + task)
                        .getString("status")
                        .equals("finished"));
    }

    @Test
    void anExampleIsFilteredAsAnyMessageIs() throws Exception {
        String app = application();
        String endpoint = svix.getEndpoint()
                .create(
                        app,
                        new EndpointIn().url(URI.create(receiver.url(path()))).channels(Set.of("red")))
                .getId();

        MessageOut example = svix.getEndpoint().sendExample(app, endpoint, new EventExampleIn().eventType("svix.ping"));

        assertThat(reason(app, example.getId(), endpoint)).isEqualTo("filtered by channel");
    }

    // Operational webhooks ---------------------------------------------------------------------------------------

    @Test
    void ofWhatSomebodySendsByHandNothingIsTold() throws Exception {
        String path = path();
        String listener = listener(path);
        try {
            String app = application();
            String failing = path();
            receiver.answer(failing, n -> 404);
            String endpoint = endpoint(app, failing).getId();
            MessageOut message = publish(app, "order.paid");
            await().atMost(SOON).until(() -> told(path, endpoint).containsKey("message.attempt.exhausted"));

            status("POST", "/api/v1/app/" + app + "/msg/" + message.getId() + "/endpoint/" + endpoint + "/resend", "");
            awaitAttempts(app, message, 2);

            awaitTold(path, app);
            assertThat(toldTypes(path, endpoint)).containsOnlyOnce("message.attempt.exhausted");
        } finally {
            svix.getOperationalWebhookEndpoint().delete(listener);
        }
    }

    @Test
    void ofTheEndpointsOfADeletedApplicationNothingIsTold() throws Exception {
        String path = path();
        String listener = listener(path);
        try {
            String app = application();
            String endpoint = endpoint(app, path()).getId();
            await().atMost(SOON).until(() -> told(path, endpoint).containsKey("endpoint.created"));

            svix.getApplication().delete(app);

            awaitTold(path, application());
            assertThat(toldTypes(path, endpoint)).containsExactly("endpoint.created");
        } finally {
            svix.getOperationalWebhookEndpoint().delete(listener);
        }
    }

    /** What had been told before is there when something is that is told now; in a second, if one overtakes another. */
    private void awaitTold(String path, String app) {
        String marker = endpoint(app, path()).getId();
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> told(path, marker).containsKey("endpoint.created"));
    }

    // ------------------------------------------------------------------------------------------------------------

    private String reason(String app, String message, String endpoint) {
        return json("/api/v1/app/" + app + "/msg/" + message + "/delivery")
                .getJsonArray("data")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(delivery -> delivery.getString("endpointId").equals(endpoint))
                .map(delivery -> delivery.getString("reason", ""))
                .findFirst()
                .orElse("(not listed)");
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("data").getValuesAs(JsonObject.class).stream()
                .map(item -> item.getString("id"))
                .toList();
    }

    private JsonObject json(String path) {
        return Gateway.json(gateway.manage("GET", path, ""));
    }

    private int status(String method, String path, String body) {
        return gateway.manage(method, path, body).statusCode();
    }
}
