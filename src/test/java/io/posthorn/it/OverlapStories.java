package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that change one thing at the same time: what each of them said is there afterwards. */
abstract class OverlapStories extends EndpointStories {

    private static final int ROUNDS = 15;

    private final ExecutorService clients = Executors.newFixedThreadPool(5);

    @AfterAll
    void stopClients() {
        clients.shutdown();
    }

    @Test
    void headersSetBesideOtherChangesStay() throws Exception {
        String endpoint = endpointUrl();

        for (int round = 0; round < ROUNDS; round++) {
            atOnce(
                    described(endpoint),
                    request("PATCH", endpoint + "/headers", "{\"headers\":{\"a-" + round + "\":\"1\"}}"),
                    described(endpoint),
                    request("PATCH", endpoint + "/headers", "{\"headers\":{\"b-" + round + "\":\"1\"}}"),
                    described(endpoint));
        }

        assertThat(json(endpoint + "/headers").getJsonObject("headers")).hasSize(2 * ROUNDS);
    }

    @Test
    void aSecretRotatedBesideOtherChangesStays() throws Exception {
        String endpoint = endpointUrl();

        for (int round = 0; round < ROUNDS; round++) {
            String key = "whsec_" + "A".repeat(30) + (char) ('A' + round) + "A";
            atOnce(
                    described(endpoint),
                    request("POST", endpoint + "/secret/rotate", "{\"key\":\"" + key + "\",\"gracePeriodSeconds\":0}"),
                    described(endpoint),
                    described(endpoint));

            assertThat(json(endpoint + "/secret").getString("key")).isEqualTo(key);
        }
    }

    @Test
    void whatIsDeletedBesideOtherChangesStaysDeleted() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String endpoint = endpointUrl();
            String app = endpoint.substring(0, endpoint.indexOf("/endpoint/"));

            atOnce(described(endpoint), request("DELETE", endpoint, ""), described(endpoint));
            assertThat(status("GET", endpoint)).isEqualTo(404);

            atOnce(renamed(app), request("DELETE", app, ""), renamed(app), request("DELETE", app, ""));
            assertThat(status("GET", app)).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/app, name, throttleRate",
        "/api/v1/event-type, description, schemas",
        "/ingest/api/v1/source, name, metadata"
    })
    void twoWhoChangeDifferentFieldsBothDo(String collection, String text, String other) throws Exception {
        String name = uid();
        status(
                "POST",
                collection,
                "{\"name\":\"" + name + "\",\"uid\":\"" + name
                        + "\",\"description\":\"d\",\"type\":\"generic-webhook\"}");
        String thing = collection + "/" + name;

        for (int round = 1; round <= ROUNDS; round++) {
            String value = other.equals("throttleRate") ? String.valueOf(round) : "{\"k\":\"" + round + "\"}";
            value = other.equals("schemas") ? "{\"1\":{\"title\":\"" + round + "\"}}" : value;
            atOnce(
                    request("PATCH", thing, "{\"" + text + "\":\"n" + round + "\"}"),
                    request("PATCH", thing, "{\"" + other + "\":" + value + "}"));

            JsonObject now = json(thing);
            assertThat(now.getString(text)).isEqualTo("n" + round);
            assertThat(now.get(other)).hasToString(value);
        }
    }

    @Test
    void aTokenRotatedBesideOtherChangesOfItsSourceStays() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String uid = uid();
            status("POST", SOURCES, "{\"name\":\"shop\",\"uid\":\"" + uid + "\",\"type\":\"generic-webhook\"}");
            String source = SOURCES + "/" + uid;
            String before = json(source).getString("ingestUrl");
            atOnce(renamed(source), request("POST", source + "/token/rotate", ""), renamed(source), renamed(source));

            assertThat(json(source).getString("ingestUrl")).isNotEqualTo(before);
        }
    }

    @Test
    void ofSeveralResendsToAnEndpointThatCameLaterEachIsTaken() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String app = application();
            String message = publish(app, "order.paid").getId();
            String resend = "/api/v1/app/" + app + "/msg/" + message + "/endpoint/"
                    + endpoint(app, path()).getId() + "/resend";

            assertThat(answers(
                            request("POST", resend, ""),
                            request("POST", resend, ""),
                            request("POST", resend, ""),
                            request("POST", resend, "")))
                    .containsOnly(202);
        }
    }

    @Test
    void ofSeveralWhoWantAnApplicationIfItExistsOneCreatesIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String create = "{\"name\":\"shop\",\"uid\":\"" + uid() + "\"}";
            String ifItExists = "/api/v1/app?get_if_exists=true";

            assertThat(answers(
                            request("POST", ifItExists, create),
                            request("POST", ifItExists, create),
                            request("POST", ifItExists, create),
                            request("POST", ifItExists, create)))
                    .containsExactlyInAnyOrder(201, 200, 200, 200);
        }
    }

    @Test
    void aTokenMayBeLoggedOutByTwoAtOnce() throws Exception {
        String portal = "/api/v1/auth/app-portal-access/" + application();
        for (int round = 0; round < ROUNDS; round++) {
            String token = Gateway.json(gateway.manage("POST", portal, "{}")).getString("token");
            Gateway owner = new Gateway(server.url(), token);
            Callable<Integer> logout =
                    () -> owner.manage("POST", "/api/v1/auth/logout", "").statusCode();

            // Whoever comes when the other is through is nobody any more.
            assertThat(answers(logout, logout, logout)).contains(204).isSubsetOf(204, 401);
        }
    }

    private String endpointUrl() {
        String app = application();
        return "/api/v1/app/" + app + "/endpoint/" + endpoint(app, path()).getId();
    }

    private Callable<Integer> described(String endpoint) {
        return request("PATCH", endpoint, "{\"description\":\"" + uid() + "\"}");
    }

    private Callable<Integer> renamed(String thing) {
        return request("PATCH", thing, "{\"name\":\"" + uid() + "\"}");
    }

    private Callable<Integer> request(String method, String path, String body) {
        return () -> status(method, path, body);
    }

    private int status(String method, String path) {
        return status(method, path, "");
    }

    private int status(String method, String path, String body) {
        return gateway.manage(method, path, body).statusCode();
    }

    private JsonObject json(String path) {
        return Gateway.json(gateway.manage("GET", path, ""));
    }

    /** None of the requests fails, whatever the others do; one may find that its thing has been deleted. */
    @SafeVarargs
    private void atOnce(Callable<Integer>... requests) throws Exception {
        assertThat(answers(requests)).isSubsetOf(200, 204, 404);
    }

    @SafeVarargs
    private List<Integer> answers(Callable<Integer>... requests) throws Exception {
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> answer : clients.invokeAll(Stream.of(requests).toList())) {
            answers.add(answer.get());
        }
        return answers;
    }
}
