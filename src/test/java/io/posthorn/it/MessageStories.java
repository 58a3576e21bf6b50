package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.svix.api.EventTypeDeleteOptions;
import com.svix.api.EventTypeListOptions;
import com.svix.api.Message;
import com.svix.exceptions.ApiException;
import com.svix.models.ApplicationIn;
import com.svix.models.EndpointOut;
import com.svix.models.EventTypeIn;
import com.svix.models.EventTypeOut;
import com.svix.models.EventTypePatch;
import com.svix.models.EventTypeUpdate;
import com.svix.models.ListResponseEventTypeOut;
import com.svix.models.MessageIn;
import com.svix.models.MessageOut;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Event types, messages, and requests that are made twice. */
abstract class MessageStories extends DeliveryStories {

    private static final String MESSAGE = "{\"eventType\":\"order.paid\",\"payload\":{\"n\":1.0}}";

    // Event types ------------------------------------------------------------------------------------------------

    @Test
    void eventTypesAreListedBytewiseByNameAndWalkedInBothDirections() throws Exception {
        String prefix = uid();
        for (String name : List.of("b", "B", "a.z", "a-z")) {
            eventType(prefix + name);
        }
        ListResponseEventTypeOut page = svix.getEventType().list(from(prefix, 3));

        assertThat(names(page)).containsExactly(prefix + "B", prefix + "a-z", prefix + "a.z");
        assertThat(page.getIterator()).isEqualTo(prefix + "a.z");
        assertThat(names(svix.getEventType().list(from("-" + prefix + "b", 2))))
                .containsExactly(prefix + "a-z", prefix + "a.z");
    }

    @Test
    void theOrderOfEventTypesIsCheckedAndHasNoEffect() {
        String ascending =
                gateway.manage("GET", "/api/v1/event-type?order=ascending", "").body();

        assertThat(gateway.manage("GET", "/api/v1/event-type?order=descending", "")
                        .body())
                .isEqualTo(ascending);
        assertThat(gateway.manage("GET", "/api/v1/event-type?order=sideways", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.manage("GET", "/api/v1/event-type?iterator=a%20b", "")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void aListOfEventTypesHidesSchemasAndArchivedOnesUnlessAskedForThem() throws Exception {
        String name = uid();
        svix.getEventType().create(new EventTypeIn().name(name).description("d").schemas(Map.of("1", object())));
        EventTypeListOptions plain = from(before(name), 1);

        assertThat(svix.getEventType().list(plain).getData().get(0).getSchemas())
                .isNull();
        EventTypeListOptions withContent = from(before(name), 1);
        withContent.setWithContent(true);
        assertThat(svix.getEventType().list(withContent).getData().get(0).getSchemas())
                .isNotNull();

        svix.getEventType().delete(name);

        assertThat(names(svix.getEventType().list(plain))).doesNotContain(name);
        EventTypeListOptions withArchived = from(before(name), 1);
        withArchived.setIncludeArchived(true);
        assertThat(names(svix.getEventType().list(withArchived))).contains(name);
    }

    @Test
    void puttingAnEventTypeCreatesItAndThenReplacesItWhateverNameTheBodyHas() throws Exception {
        String name = uid();
        String path = "/api/v1/event-type/" + name;

        HttpResponse<String> created =
                gateway.manage("PUT", path, "{\"name\":\"other\",\"description\":\"one\",\"featureFlag\":\"f\"}");
        HttpResponse<String> replaced = gateway.manage("PUT", path, "{\"description\":\"two\",\"deprecated\":true}");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(Gateway.json(created).getString("name")).isEqualTo(name);
        assertThat(replaced.statusCode()).isEqualTo(200);
        EventTypeOut read = svix.getEventType().get(name);
        assertThat(read.getDescription()).isEqualTo("two");
        assertThat(read.getFeatureFlag()).isNull();
        assertThat(read.getDeprecated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%20b", "a%2Fb", "%C3%A9", "a:b"})
    void aNameOfOddCharactersIsNoEventType(String name) {
        String path = "/api/v1/event-type/" + name;

        assertThat(gateway.manage("PUT", path, "{\"description\":\"x\"}").statusCode())
                .isEqualTo(422);
        assertThat(gateway.manage("GET", path, "").statusCode()).isEqualTo(404);
    }

    @Test
    void patchingAnEventTypeChangesWhatIsThereAndClearsWhatIsNull() throws Exception {
        String name = uid();
        svix.getEventType()
                .create(new EventTypeIn()
                        .name(name)
                        .description("d")
                        .featureFlag("f")
                        .schemas(Map.of("1", object())));

        EventTypeOut described = svix.getEventType().patch(name, new EventTypePatch().description("new"));
        HttpResponse<String> cleared =
                gateway.manage("PATCH", "/api/v1/event-type/" + name, "{\"schemas\":null,\"featureFlag\":null}");

        assertThat(described.getDescription()).isEqualTo("new");
        assertThat(described.getFeatureFlag()).isEqualTo("f");
        assertThat(described.getSchemas()).isNotNull();
        assertThat(cleared.body()).contains("\"schemas\":null", "\"featureFlag\":null", "\"description\":\"new\"");
        assertThat(svix.getEventType().get(name).getSchemas()).isNull();
        assertThat(gateway.manage("PATCH", "/api/v1/event-type/" + name, "{\"description\":null}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(gateway.manage("PATCH", "/api/v1/event-type/" + uid(), "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void deletingAnEventTypeArchivesItAsOftenAsOneLikesAndExpungingRemovesIt() throws Exception {
        String name = uid();
        eventType(name);

        svix.getEventType().delete(name);
        svix.getEventType().delete(name);

        assertThat(svix.getEventType().get(name).getArchived()).isTrue();

        svix.getEventType().update(name, new EventTypeUpdate().description("again"));

        assertThat(svix.getEventType().get(name).getArchived()).isFalse();

        EventTypeDeleteOptions expunge = new EventTypeDeleteOptions();
        expunge.setExpunge(true);
        svix.getEventType().delete(name, expunge);

        assertThatThrownBy(() -> svix.getEventType().get(name)).isInstanceOf(ApiException.class);
        assertThat(gateway.manage("DELETE", "/api/v1/event-type/" + name, "").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"1\":{\"type\":\"nothing\"}}",
                "{\"1\":{\"pattern\":\"(\"}}",
                "{\"1\":{\"required\":\"a\"}}",
                "{\"1\":true}",
                "{\"1\":null}",
                "[]"
            })
    void aSchemaThatIsNoJsonSchemaIsRefusedAndNamed(String schemas) {
        HttpResponse<String> answer = gateway.manage(
                "POST",
                "/api/v1/event-type",
                "{\"name\":\"" + uid() + "\",\"description\":\"d\",\"schemas\":" + schemas + "}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"loc\":[\"body\",\"schemas\"]");
    }

    // Messages ---------------------------------------------------------------------------------------------------

    @Test
    void messagesAreListedByEventTypeChannelTagAndTime() throws Exception {
        String app = application();
        MessageOut red = svix.getMessage().create(app, message("a.b").channels(Set.of("red", "re_d")));
        MessageOut tagged = svix.getMessage().create(app, message("a_b").tags(Set.of("x", "y")));
        MessageOut plain = svix.getMessage().create(app, message("c"));

        assertThat(list(app, "")).containsExactly(plain.getId(), tagged.getId(), red.getId());
        assertThat(list(app, "?event_types=a_b,c")).containsExactly(plain.getId(), tagged.getId());
        assertThat(list(app, "?event_types=a.b&event_types=c")).containsExactly(plain.getId(), red.getId());
        assertThat(list(app, "?channel=re_d")).containsExactly(red.getId());
        assertThat(list(app, "?channel=re.d")).isEmpty();
        assertThat(list(app, "?channel=re")).isEmpty();
        assertThat(list(app, "?tag=y")).containsExactly(tagged.getId());
        assertThat(list(app, "?after=" + plain.getTimestamp().plusHours(1).toInstant()))
                .isEmpty();
        assertThat(list(app, "?before=" + red.getTimestamp().toInstant())).isEmpty();
        assertThat(list(app, "?after=2020-01-01T00:00:00%2B02:00&limit=1")).containsExactly(red.getId());
        assertThat(gateway.manage("GET", "/api/v1/app/" + app + "/msg?before=yesterday", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.manage("GET", "/api/v1/app/" + app + "/msg?channel=a%20b", "")
                        .statusCode())
                .isEqualTo(422);
        assertThat(svix.getMessage().get(app, tagged.getId()).getTags()).containsExactlyInAnyOrder("x", "y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"payload\":[]                                  | value_error",
                "\"payload\":\"{}\"                            | value_error",
                "\"payload\":null                                | value_error",
                "\"data\":1                                      | value_error",
                "\"tags\":[\"a\"]                              | value_error.jsondecode",
                "\"payload\":{},\"payloadRetentionPeriod\":null  | value_error.jsondecode",
                "\"payload\":{},\"payloadRetentionPeriod\":4     | value_error"
            })
    void aMessageIsHeldToTheRules(String fields, String type) {
        HttpResponse<String> answer =
                gateway.manage("POST", "/api/v1/app/" + application() + "/msg", "{\"eventType\":\"a\"," + fields + "}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"type\":\"" + type + "\"");
    }

    @Test
    void whatIsInAPayloadIsTheReceiversBusiness() {
        String app = application();
        String path = path();
        endpoint(app, path);
        String payload = "{ \"a\":1.10, \"a\":{\"b\":1E2,\"b\":\"\\ud800\"} }";

        HttpResponse<String> answer = gateway.manage(
                "POST", "/api/v1/app/" + app + "/msg", "{\"eventType\":\"a\",\"payload\":" + payload + "}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"payload\":" + payload);
        assertThat(awaitRequests(path, 1).get(0).text()).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"payload\":{},\"eventType\":\"a\",\"eventType\":\"b\"",
                "\"eventType\":\"a\",\"payload\":{\"b\":1,\"b\":2},\"payload\":{}",
                "\"eventType\":\"a\",\"payload\":{\"b\":1,\"b\":2},\"data\":{}",
                "\"eventType\":\"a\",\"payload\":{\"b\":1,\"b\":2},\"application\":{\"name\":\"n\",\"name\":\"m\"}",
                "\"eventType\":\"a\",\"payload\":{\"b\":1,\"b\":2"
            })
    void aKeyOfAMessageItselfIsGivenOnce(String fields) {
        assertThat(gateway.manage("POST", "/api/v1/app/" + application() + "/msg", "{" + fields + "}")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void aMessagesContentCanBeLeftOutAndExpunged() throws Exception {
        String app = application();
        MessageOut message = publish(app, "order.paid");

        assertThat(gateway.manage("GET", "/api/v1/app/" + app + "/msg?with_content=false", "")
                        .body())
                .contains("\"payload\":{}");

        svix.getMessage().expungeContent(app, message.getId());
        svix.getMessage().expungeContent(app, message.getId());

        assertThat(svix.getMessage().get(app, message.getId()).getPayload()).isEqualTo(Map.of("expired", true));
        assertThat(gateway.manage("DELETE", "/api/v1/app/" + app + "/msg/none/content", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsStillToBeSentOfAnExpungedMessageIsNotSent() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        receiver.answer(path, n -> 500);
        MessageOut message = publish(app, "order.paid");
        awaitFailure(path);

        svix.getMessage().expungeContent(app, message.getId());
        int seen = receiver.requestsTo(path).size();

        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> receiver.requestsTo(path).size() <= seen + 1);
    }

    @Test
    void aRawTextIsSentWithItsContentType() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);

        MessageOut message = svix.getMessage()
                .create(
                        app,
                        Message.messageInRaw("<order n='1'/> é", "text/xml").eventType("order.paid"));

        Receiver.Request request = awaitRequests(path, 1).get(0);
        assertThat(request.text()).isEqualTo("<order n='1'/> é");
        assertThat(request.headers().get("Content-type")).containsExactly("text/xml");
        new com.svix.Webhook(svix.getEndpoint().getSecret(app, endpoint.getId()).getKey())
                .verify(request.text(), request.httpHeaders());
        assertThat(svix.getMessage().get(app, message.getId()).getPayload()).isEqualTo("<order n='1'/> é");
    }

    @Test
    void anApplicationIsCreatedBesideItsFirstMessage() throws Exception {
        String uid = uid();
        MessageIn message = message("order.paid")
                .application(new ApplicationIn().name("beside").uid(uid));

        svix.getMessage().create(uid, message);
        svix.getMessage().create(uid, message);

        assertThat(svix.getApplication().get(uid).getName()).isEqualTo("beside");
        assertThat(list(uid, "")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"n\"}                         | 422 | application_uid_missing",
                "{\"name\":\"n\",\"uid\":\"another\"} | 422 | application_uid_mismatch",
                "{\"uid\":\"another\"}                    | 422 | \"loc\":[\"body\",\"application\",\"name\"]",
                "null                                         | 404 | not_found"
            })
    void anApplicationThatIsNotTheOneInThePathIsNotCreated(String application, int status, String says) {
        HttpResponse<String> answer = gateway.manage(
                "POST",
                "/api/v1/app/" + uid() + "/msg",
                "{\"eventType\":\"a\",\"payload\":{},\"application\":" + application + "}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(says);
    }

    // Requests made twice ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 300})
    void aRepeatedRequestIsAnsweredAsTheFirstAndMakesOneMessage(int keyLength) {
        String app = application();
        Map<String, String> key = Map.of("idempotency-key", "k".repeat(keyLength));

        HttpResponse<String> first = gateway.manage("POST", "/api/v1/app/" + app + "/msg", MESSAGE, key);
        HttpResponse<String> second = gateway.manage("POST", "/api/v1/app/" + app + "/msg", MESSAGE, key);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("content-type"))
                .isEqualTo(first.headers().firstValue("content-type"));
        assertThat(list(app, "")).hasSize(1);
    }

    @Test
    void aRepeatedRequestWithAnEmptyAnswerIsCarriedOutOnce() throws Exception {
        String app = application();
        String endpoint = endpoint(app, path()).getId();
        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint + "/secret/rotate";
        Map<String, String> key = Map.of("idempotency-key", uid());

        HttpResponse<String> first = gateway.manage("POST", url, "{}", key);
        String secret = svix.getEndpoint().getSecret(app, endpoint).getKey();
        HttpResponse<String> second = gateway.manage("POST", url + "/", "{}", key);

        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(second.statusCode()).isEqualTo(204);
        assertThat(second.body()).isEmpty();
        assertThat(svix.getEndpoint().getSecret(app, endpoint).getKey()).isEqualTo(secret);
    }

    @Test
    void manyAtOnceWithOneKeyMakeOneMessage() {
        String app = application();
        Map<String, String> key = Map.of("idempotency-key", uid());

        List<HttpResponse<String>> answers = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> gateway.manage("POST", "/api/v1/app/" + app + "/msg", MESSAGE, key))
                .toList();

        assertThat(answers).allMatch(answer -> answer.statusCode() == 202);
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(list(app, "")).hasSize(1);
    }

    @Test
    void aRequestThatFailedDoesNotUseUpItsKey() {
        String app = application();
        Map<String, String> key = Map.of("idempotency-key", uid());

        assertThat(gateway.manage("POST", "/api/v1/app/" + app + "/msg", "{}", key)
                        .statusCode())
                .isEqualTo(422);
        assertThat(gateway.manage("POST", "/api/v1/app/" + app + "/msg", MESSAGE, key)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void aKeyIsOfOneUrlOneTokenAndPostAlone() {
        Map<String, String> key = Map.of("idempotency-key", uid());
        String name = uid();
        String body = "{\"name\":\"" + name + "\",\"description\":\"d\"}";

        assertThat(gateway.manage("POST", "/api/v1/event-type", body, key).statusCode())
                .isEqualTo(201);
        assertThat(gateway.manage("POST", "/api/v1/event-type?x=1", body, key).statusCode())
                .isEqualTo(409);
        assertThat(gateway.manage("PUT", "/api/v1/event-type/" + name, "{\"description\":\"1\"}", key)
                        .body())
                .contains("\"description\":\"1\"");
        assertThat(gateway.manage("PUT", "/api/v1/event-type/" + name, "{\"description\":\"2\"}", key)
                        .body())
                .contains("\"description\":\"2\"");
        assertThat(gateway.post("/api/v1/event-type", body.getBytes(UTF_8), key).statusCode())
                .isEqualTo(401);
    }

    // ------------------------------------------------------------------------------------------------------------

    private static MessageIn message(String eventType) {
        return new MessageIn().eventType(eventType).payload("{}");
    }

    private List<String> list(String app, String query) {
        return Gateway.json(gateway.manage("GET", "/api/v1/app/" + app + "/msg" + query, ""))
                .getJsonArray("data")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(message -> message.getString("id"))
                .toList();
    }

    private static Object object() {
        return Map.of("$schema", "http://json-schema.org/draft-07/schema#", "type", "object");
    }

    private static EventTypeListOptions from(String iterator, long limit) {
        EventTypeListOptions options = new EventTypeListOptions();
        options.setIterator(iterator);
        options.setLimit(limit);
        return options;
    }

    private void eventType(String name) throws Exception {
        svix.getEventType().create(new EventTypeIn().name(name).description("a type"));
    }

    private static List<String> names(ListResponseEventTypeOut page) {
        return page.getData().stream().map(EventTypeOut::getName).toList();
    }

    /** A name that sorts just before. */
    private static String before(String name) {
        return name.substring(0, name.length() - 1);
    }
}
