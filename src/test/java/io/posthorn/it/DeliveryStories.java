package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.api.MessageAttemptListAttemptedDestinationsOptions;
import com.svix.api.MessageAttemptListByEndpointOptions;
import com.svix.models.ApplicationIn;
import com.svix.models.BackgroundTaskOut;
import com.svix.models.BackgroundTaskStatus;
import com.svix.models.BulkReplayIn;
import com.svix.models.EndpointIn;
import com.svix.models.EndpointMessageOut;
import com.svix.models.EndpointOut;
import com.svix.models.EndpointStats;
import com.svix.models.EventExampleIn;
import com.svix.models.EventTypeIn;
import com.svix.models.ListResponseMessageEndpointOut;
import com.svix.models.MessageAttemptOut;
import com.svix.models.MessageEndpointOut;
import com.svix.models.MessageIn;
import com.svix.models.MessageOut;
import com.svix.models.MessageStatus;
import com.svix.models.RecoverIn;
import com.svix.models.ReplayIn;
import com.svix.models.StatusCodeClass;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts looked at from both sides, and deliveries that are made once more. */
abstract class DeliveryStories extends OverlapStories {

    private static final int ATTEMPTS = 3;

    /** In seconds. */
    private static final String AN_HOUR = "3600";

    /** More than an endpoint has slots. */
    private static final int BACKLOG_OF_RATE = 40;

    /** Longer than a busy machine stands still. */
    private static final int SECONDS_OF_RATE = 15;

    /** A task does a hundred at a time. */
    private static final int BATCHES_OF_MESSAGES = 350;

    // Attempts ---------------------------------------------------------------------------------------------------

    @Test
    void attemptsOfAnEndpointAreListedNewestFirstAndWalkedInBothDirections() throws Exception {
        String app = application();
        EndpointOut endpoint = endpoint(app, path());
        for (int i = 0; i < 5; i++) {
            awaitAttempts(app, publish(app, "order.paid"), 1);
        }
        List<String> all = ids(ofEndpoint(app, endpoint, new MessageAttemptListByEndpointOptions()));
        MessageAttemptListByEndpointOptions second = new MessageAttemptListByEndpointOptions();
        second.setLimit(2L);
        second.setIterator(all.get(1));
        MessageAttemptListByEndpointOptions back = new MessageAttemptListByEndpointOptions();
        back.setLimit(2L);
        back.setIterator("-" + all.get(3));

        assertThat(all).hasSize(5).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(ids(ofEndpoint(app, endpoint, second))).isEqualTo(all.subList(2, 4));
        assertThat(ids(ofEndpoint(app, endpoint, back))).isEqualTo(all.subList(1, 3));
    }

    @Test
    void anEndpointThatSaysWhenToComeBackIsLeftAloneForUpToTwiceTheDelay() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        receiver.answer(path, n -> n == 1 ? 503 : 200);
        receiver.askToComeBackAfter(path, Duration.ofHours(1));

        awaitAttempts(app, publish(app, "order.paid"), 2);

        List<Receiver.Request> both = receiver.requestsTo(path);
        // The delay is 200 ms, and up to 240 with jitter.
        assertThat(Duration.ofNanos(both.get(1).nanos() - both.get(0).nanos())).isGreaterThan(Duration.ofMillis(390));
    }

    @Test
    void attemptsAreFilteredByWhatTheySentAndHowTheyEnded() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        receiver.answer(path, n -> n == 1 ? 503 : 200);
        awaitAttempts(app, publish(app, "order.paid"), 2);
        MessageOut red = svix.getMessage()
                .create(
                        app,
                        new MessageIn().eventType("order.sent").payload("{}").channels(Set.of("red")));
        List<MessageAttemptOut> last = awaitAttempts(app, red, 1);

        String list = "/api/v1/app/" + app + "/attempt/endpoint/" + endpoint.getId();
        assertThat(data(list)).hasSize(3);
        assertThat(data(list + "?status=0")).hasSize(2);
        assertThat(data(list + "?status=2")).hasSize(1);
        assertThat(data(list + "?status=3")).isEmpty();
        assertThat(data(list + "?status_code_class=500")).hasSize(1);
        assertThat(data(list + "?status_code_class=0")).isEmpty();
        assertThat(data(list + "?channel=red")).hasSize(1);
        assertThat(data(list + "?event_types[]=order.paid")).hasSize(2);
        assertThat(data(list + "?event_types%5B0%5D=order.sent")).hasSize(1);
        assertThat(data(list + "?event_types=order.paid,order.sent")).hasSize(3);
        assertThat(data(list + "?after=" + last.get(0).getTimestamp().toInstant()))
                .hasSize(1);
        assertThat(data(list + "?before=" + last.get(0).getTimestamp().toInstant()))
                .hasSize(2);
        assertThat(data(list + "?with_content=false").get(0).getString("response"))
                .isEqualTo("{}");
        assertThat(data(list + "?with_msg=true").get(0).getJsonObject("msg").getString("id"))
                .isEqualTo(red.getId());
        assertThat(status("GET", list + "?status=9")).isEqualTo(400);
        assertThat(status("GET", list + "?status_code_class=250")).isEqualTo(400);
        assertThat(status("GET", "/api/v1/app/" + app + "/attempt/endpoint/none"))
                .isEqualTo(404);
        assertThat(data("/api/v1/app/" + app + "/msg/" + red.getId() + "/attempt"))
                .hasSize(1);
        assertThat(data("/api/v1/app/" + app + "/msg/" + red.getId() + "/endpoint/" + endpoint.getId() + "/attempt"))
                .hasSize(1);
    }

    @Test
    void attemptsOfAMessageAreWalkedInBothDirectionsAndCutOutByTime() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        receiver.answer(path, n -> 500);
        MessageOut message = svix.getMessage()
                .create(
                        app,
                        new MessageIn().eventType("order.paid").payload("{}").tags(Set.of("urgent")));
        List<MessageAttemptOut> attempts = awaitAttempts(app, message, ATTEMPTS);
        List<String> all = ids(attempts);

        for (String list : List.of(
                "/api/v1/app/" + app + "/attempt/msg/" + message.getId(),
                "/api/v1/app/" + app + "/attempt/endpoint/" + endpoint.getId())) {
            JsonObject first = Gateway.json(gateway.manage("GET", list + "?limit=2", ""));
            JsonObject last =
                    Gateway.json(gateway.manage("GET", list + "?limit=2&iterator=" + first.getString("iterator"), ""));

            assertThat(messageIds(list + "?limit=2")).isEqualTo(all.subList(0, 2));
            assertThat(first.getBoolean("done")).isFalse();
            assertThat(messageIds(list + "?limit=2&iterator=" + first.getString("iterator")))
                    .isEqualTo(all.subList(2, ATTEMPTS));
            assertThat(last.getBoolean("done")).isTrue();
            assertThat(messageIds(list + "?limit=2&iterator=" + last.getString("prevIterator")))
                    .isEqualTo(all.subList(0, 2));
            String window = "?after=" + attempts.get(1).getTimestamp().toInstant() + "&before="
                    + attempts.get(0).getTimestamp().toInstant();
            assertThat(messageIds(list + window)).containsExactly(all.get(1));
            assertThat(messageIds(list + window + "&status=0")).isEmpty();
            assertThat(messageIds(list + "?tag=urgent")).isEqualTo(all);
            assertThat(messageIds(list + "?tag=other")).isEmpty();
        }
    }

    @Test
    void whatAnEndpointAnsweredCanBeRemoved() throws Exception {
        String app = application();
        endpoint(app, path());
        MessageOut message = publish(app, "order.paid");
        String attempt = awaitAttempts(app, message, 1).get(0).getId();

        svix.getMessageAttempt().expungeContent(app, message.getId(), attempt);

        assertThat(svix.getMessageAttempt().get(app, message.getId(), attempt).getResponse())
                .isEqualTo("EXPUNGED");
        assertThat(status("GET", "/api/v1/app/" + app + "/msg/" + message.getId() + "/attempt/atmpt_none"))
                .isEqualTo(404);
        assertThat(status(
                        "GET",
                        "/api/v1/app/" + app + "/msg/" + publish(app, "a").getId() + "/attempt/" + attempt))
                .isEqualTo(404);
    }

    @Test
    void theMessagesOfAnEndpointStandAsTheirAttemptsEnded() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        receiver.answer(path, n -> n <= 2 ? 200 : 500);
        MessageOut first = publish(app, "order.paid");
        MessageOut second = publish(app, "order.paid");
        awaitAttempts(app, first, 1);
        awaitAttempts(app, second, 1);
        MessageOut failed = publish(app, "order.sent");
        awaitAttempts(app, failed, ATTEMPTS);

        String list = "/api/v1/app/" + app + "/endpoint/" + endpoint.getId() + "/msg";
        assertThat(messageIds(list)).containsExactly(failed.getId(), second.getId(), first.getId());
        assertThat(messageIds(list + "?status=0")).containsExactly(second.getId(), first.getId());
        assertThat(messageIds(list + "?status=2")).containsExactly(failed.getId());
        assertThat(messageIds(list + "?status=3")).isEmpty();
        assertThat(messageIds(list + "?event_types=order.sent")).containsExactly(failed.getId());
        assertThat(messageIds(list + "?limit=1&iterator=" + failed.getId())).containsExactly(second.getId());
        EndpointMessageOut newest = svix.getMessageAttempt()
                .listAttemptedMessages(app, endpoint.getId())
                .getData()
                .get(0);
        assertThat(newest.getStatus()).isEqualTo(MessageStatus.FAIL);
        assertThat(newest.getPayload()).isEqualTo(Map.of("a", 1));
        assertThat(data(list + "?with_content=false").get(0).getJsonObject("payload"))
                .isEmpty();
    }

    @Test
    void aMessageThatIsTriedAgainIsBeingSent() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        triedForLong(app, endpoint.getId());
        AtomicInteger status = new AtomicInteger(500);
        receiver.answer(path, n -> status.get());
        MessageOut message = publish(app, "order.paid");
        String list = "/api/v1/app/" + app + "/endpoint/" + endpoint.getId() + "/msg";

        await().atMost(SOON).until(() -> messageIds(list + "?status=3").contains(message.getId()));
        status.set(200);
        await().atMost(SOON).until(() -> messageIds(list + "?status=0").contains(message.getId()));

        assertThat(messageIds(list + "?status=3")).isEmpty();
        assertThat(messageIds(list + "?status=2")).isEmpty();
    }

    @Test
    void theDestinationsOfAMessageAreListedOldestFirstWithDeletedOnes() throws Exception {
        String app = application();
        List<String> endpoints = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            endpoints.add(endpoint(app, path()).getId());
        }
        MessageOut message = publish(app, "order.paid");
        awaitAttempts(app, message, 3);
        svix.getEndpoint().delete(app, endpoints.get(1));

        ListResponseMessageEndpointOut all = svix.getMessageAttempt().listAttemptedDestinations(app, message.getId());
        MessageAttemptListAttemptedDestinationsOptions firstTwo = new MessageAttemptListAttemptedDestinationsOptions();
        firstTwo.setLimit(2L);
        ListResponseMessageEndpointOut page =
                svix.getMessageAttempt().listAttemptedDestinations(app, message.getId(), firstTwo);
        MessageAttemptListAttemptedDestinationsOptions back = new MessageAttemptListAttemptedDestinationsOptions();
        back.setLimit(1L);
        back.setIterator("-" + endpoints.get(2));

        assertThat(all.getData()).extracting(MessageEndpointOut::getId).isEqualTo(endpoints);
        assertThat(all.getData()).extracting(MessageEndpointOut::getStatus).containsOnly(MessageStatus.SUCCESS);
        assertThat(page.getData()).extracting(MessageEndpointOut::getId).isEqualTo(endpoints.subList(0, 2));
        assertThat(svix.getMessageAttempt()
                        .listAttemptedDestinations(app, message.getId(), back)
                        .getData())
                .extracting(MessageEndpointOut::getId)
                .containsExactly(endpoints.get(1));
    }

    @Test
    void itCanBeReadWhyAMessageDidNotArrive() throws Exception {
        String app = application();
        svix.getEventType().create(new EventTypeIn().name("why.other" + app).description("d"));
        String byType = create(app, new EndpointIn().filterTypes(Set.of("why.other" + app)));
        String byChannel = create(app, new EndpointIn().channels(Set.of("red")));
        String disabled = create(app, new EndpointIn().disabled(true));
        String blocked = svix.getEndpoint()
                .create(app, new EndpointIn().url(URI.create("http://10.1.2.3/")))
                .getId();
        String refused = path();
        receiver.answer(refused, n -> 400);
        String refusing = endpoint(app, refused).getId();
        MessageOut message = publish(app, "order.paid");
        String late = endpoint(app, path()).getId();
        String list = "/api/v1/app/" + app + "/msg/" + message.getId() + "/delivery";
        String elsewhere = application();
        MessageOut forNobody = publish(elsewhere, "order.paid");

        await().atMost(SOON).until(() -> reason(list, refusing).equals("answered 400"));
        await().atMost(SOON).until(() -> reason(list, blocked).contains("attempts failed"));

        assertThat(reason(list, byType)).isEqualTo("filtered by event type");
        assertThat(reason(list, byChannel)).isEqualTo("filtered by channel");
        assertThat(reason(list, disabled)).isEqualTo("endpoint disabled");
        assertThat(reason(list, late)).isEqualTo("the endpoint is newer than the message");
        assertThat(gateway.manage("GET", "/api/v1/app/" + elsewhere + "/msg/" + forNobody.getId() + "/delivery", "")
                        .body())
                .isEqualTo("{\"data\":[],\"reason\":\"the application has no endpoint\"}");
        assertThat(data("/api/v1/app/" + app + "/attempt/endpoint/" + blocked)
                        .get(0)
                        .getString("response"))
                .startsWith("blocked: 10.1.2.3");
    }

    @Test
    void statisticsCountAttempts() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        receiver.answer(path, n -> n == 1 ? 500 : 200);
        awaitAttempts(app, publish(app, "order.paid"), 2);

        EndpointStats stats = svix.getEndpoint().getStats(app, endpoint.getId());
        JsonObject ofApplication = Gateway.json(gateway.manage("GET", "/api/v1/app/" + app + "/stats/attempts", ""));

        assertThat(stats.getSuccess()).isEqualTo(1);
        assertThat(stats.getFail()).isEqualTo(1);
        assertThat(stats.getPending()).isZero();
        assertThat(ofApplication.getInt("total_failure")).isEqualTo(1);
        assertThat(ofApplication.getJsonObject("by_event_type").getJsonObject("order.paid"))
                .containsEntry("success", jakarta.json.Json.createValue(1));
        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint.getId() + "/stats";
        assertThat(gateway.manage(
                                "GET",
                                url + "?since="
                                        + OffsetDateTime.now().minusDays(29).toInstant(),
                                "")
                        .body())
                .contains("invalid_range");
        assertThat(status(
                        "GET",
                        url + "?until=" + OffsetDateTime.now().plusDays(1).toInstant()))
                .isEqualTo(400);
        assertThat(data("/api/v1/app/" + app + "/attempt/endpoint/" + endpoint.getId() + "?since=x"))
                .hasSize(2);
    }

    @Test
    void attemptsAreCountedPeriodByPeriod() throws Exception {
        String app = application();
        String path = path();
        String endpoint = endpoint(app, path).getId();
        receiver.answer(path, n -> n == 1 || n > 3 ? 500 : 200);
        Instant start = Instant.now().minusSeconds(700);
        awaitAttempts(app, publish(app, "order.paid"), 2);
        awaitAttempts(app, publish(app, "order.sent"), 1);
        retriedAfter(app, endpoint, AN_HOUR);
        MessageOut canceled = publish(app, "order.lost");
        awaitRequests(path, 4);
        gateway.manage(
                "POST",
                "/api/v1/app/" + app + "/endpoint/" + endpoint + "/cancel-msgs",
                "{\"createdBefore\":\"" + OffsetDateTime.now().plusMinutes(1) + "\"}");
        awaitAttempts(app, canceled, 1);
        String url = "/api/v1/stats/app/" + app + "/attempt?startDate=" + start;

        JsonObject all = Gateway.json(gateway.manage("GET", url + "&period=FiveMinutes", ""));
        JsonObject some = Gateway.json(gateway.manage("GET", url + "&event_types=order.sent,order.none", ""));

        assertThat(all.getJsonObject("data"))
                .hasToString("{\"successCount\":[0,0,2],\"failureCount\":[0,0,2],\"canceledCount\":[0,0,1]}");
        assertThat(Instant.parse(all.getString("startDate"))).isEqualTo(start);
        assertThat(all.getString("period")).isEqualTo("FiveMinutes");
        assertThat(some.getJsonObject("data"))
                .hasToString("{\"successCount\":[1],\"failureCount\":[0],\"canceledCount\":[0]}");
        assertThat(some.getString("period")).isEqualTo("OneDay");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "period=OneYear",
                "startDate=yesterday",
                "startDate=2020-01-01T00:00:00Z",
                "endDate=2999-01-01T00:00:00Z",
                "endDate=-999999999-01-01T00:00:00Z",
                "period=OneDay&period=OneHour"
            })
    void aSeriesThatMakesNoSenseIsRefused(String query) {
        assertThat(status("GET", "/api/v1/stats/app/" + application() + "/attempt?" + query))
                .isEqualTo(400);
    }

    @Test
    void aSeriesIsOfAnApplicationThatTheTokenReaches() {
        assertThat(status("GET", "/api/v1/stats/app/app_none/attempt")).isEqualTo(404);
        assertThat(gateway.send("GET", "/api/v1/stats/app/" + application() + "/attempt")
                        .statusCode())
                .isEqualTo(401);
    }

    // Once more --------------------------------------------------------------------------------------------------

    @Test
    void aMessageIsSentAgainByHandWithoutRetries() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        receiver.answer(path, n -> 500);
        MessageOut message = publish(app, "order.paid");
        awaitAttempts(app, message, ATTEMPTS);

        assertThat(resend(app, message, endpoint.getId()).statusCode()).isEqualTo(202);

        List<MessageAttemptOut> attempts = awaitAttempts(app, message, ATTEMPTS + 1);
        assertThat(attempts.get(0).getTriggerType().getValue()).isEqualTo(1);
        assertThat(attempts.get(1).getTriggerType().getValue()).isZero();
        assertThat(receiver.requestsTo(path).stream()
                        .map(request -> request.header("Webhook-id"))
                        .distinct())
                .containsExactly(message.getId());
    }

    @Test
    void manyResendsMakeAsManyAttempts() throws Exception {
        String app = application();
        EndpointOut endpoint = endpoint(app, path());
        MessageOut message = publish(app, "order.paid");
        awaitAttempts(app, message, 1);

        IntStream.range(0, 5)
                .parallel()
                .forEach(i -> assertThat(resend(app, message, endpoint.getId()).statusCode())
                        .isEqualTo(202));

        awaitAttempts(app, message, 6);
    }

    @Test
    void aResendReachesAnEndpointThatIsNewerOrWouldFilter() throws Exception {
        String app = application();
        MessageOut message = publish(app, "order.paid");
        String newer = create(app, new EndpointIn().channels(Set.of("red")));

        assertThat(resend(app, message, newer).body()).isEqualTo("{}");

        awaitAttempts(app, message, 1);
    }

    @Test
    void aResendToADisabledEndpointIsNotSentAndSaysWhy() throws Exception {
        String app = application();
        String disabled = create(app, new EndpointIn().disabled(true));
        MessageOut message = publish(app, "order.paid");

        assertThat(resend(app, message, disabled).statusCode()).isEqualTo(202);

        String list = "/api/v1/app/" + app + "/msg/" + message.getId() + "/delivery";
        await().atMost(SOON)
                .until(() -> data(list).get(0).getString("state").equals("failed")
                        && reason(list, disabled).equals("endpoint disabled"));
        assertThat(attempts(app, message)).isEmpty();
    }

    @Test
    void whatIsGoneCannotBeSentAgain() throws Exception {
        String app = application();
        EndpointOut endpoint = endpoint(app, path());
        MessageOut message = publish(app, "order.paid");
        awaitAttempts(app, message, 1);
        svix.getMessage().expungeContent(app, message.getId());

        HttpResponse<String> answer = resend(app, message, endpoint.getId());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"missing_payload\"");
        assertThat(resend(app, message, "none").statusCode()).isEqualTo(404);
    }

    @Test
    void recoverySendsWhatFailedWithinTheTimeOnce() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        receiver.answer(path, n -> 500);
        OffsetDateTime before = OffsetDateTime.now();
        MessageOut message = publish(app, "order.paid");
        awaitAttempts(app, message, ATTEMPTS);

        assertFinishes(svix.getEndpoint()
                .recover(app, endpoint.getId(), new RecoverIn().since(OffsetDateTime.now()))
                .getId());
        awaitAttempts(app, message, ATTEMPTS);
        BackgroundTaskOut task = assertFinishes(svix.getEndpoint()
                .recover(app, endpoint.getId(), new RecoverIn().since(before))
                .getId());

        awaitAttempts(app, message, ATTEMPTS + 1);
        assertThat(task.getTask().getValue()).isEqualTo("endpoint.recover");
        assertThat(task.getData().toString()).contains("done=1", "messagesSent=1");
    }

    @Test
    void aFinishedReplayTellsHowManyMessagesItSent() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        OffsetDateTime before = OffsetDateTime.now();
        publish(app, "order.paid");
        publish(app, "order.paid");
        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint.getId();
        // What is on its way is not replayed.
        await().atMost(SOON)
                .until(() -> data("/api/v1/app/" + app + "/attempt/endpoint/" + endpoint.getId())
                                .size()
                        == 2);

        HttpResponse<String> bulk = since(url + "/bulk-replay", before);
        BackgroundTaskOut all = assertFinishes(Gateway.json(bulk).getString("id"));
        awaitRequests(path, 4);
        HttpResponse<String> missing = since(url + "/replay-missing", before);
        BackgroundTaskOut none = assertFinishes(Gateway.json(missing).getString("id"));

        assertThat(bulk.body()).doesNotContain("messagesSent");
        assertThat(all.getData().toString()).contains("messagesSent=2");
        assertThat(none.getData().toString()).contains("messagesSent=0");
    }

    @Test
    void recoveryReachesBackTwoWeeks() {
        String app = application();
        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint(app, path()).getId() + "/recover";

        assertThat(since(url, OffsetDateTime.now().minusDays(14)).statusCode()).isEqualTo(202);
        assertThat(since(url, OffsetDateTime.now().minusDays(14).minusHours(1)).body())
                .contains("\"loc\":[\"body\",\"since\"]");
        assertThat(gateway.manage("POST", url, "{}").statusCode()).isEqualTo(422);
        assertThat(gateway.manage("POST", url, "{\"since\":\"yesterday\"}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void whatAnEndpointMissedIsSentToItOnRequest() throws Exception {
        String app = application();
        OffsetDateTime before = OffsetDateTime.now();
        MessageOut missed = publish(app, "order.paid");
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        awaitAttempts(app, publish(app, "order.sent"), 1);

        assertFinishes(svix.getEndpoint()
                .replayMissing(app, endpoint.getId(), new ReplayIn().since(before))
                .getId());
        assertFinishes(svix.getEndpoint()
                .replayMissing(app, endpoint.getId(), new ReplayIn().since(before))
                .getId());

        assertThat(awaitRequests(path, 2).get(1).header("Webhook-id")).isEqualTo(missed.getId());
    }

    @Test
    void manyMessagesAreReplayedByFilter() throws Exception {
        String app = application();
        OffsetDateTime before = OffsetDateTime.now();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        receiver.answer(path, n -> n == 1 ? 400 : 200);
        MessageOut failed = publish(app, "order.paid");
        awaitAttempts(app, failed, 1);
        awaitAttempts(app, publish(app, "order.paid"), 1);
        awaitAttempts(app, publish(app, "order.sent"), 1);

        BulkReplayIn paid = new BulkReplayIn().since(before).eventTypes(Set.of("order.paid"));
        assertFinishes(
                svix.getEndpoint().bulkReplay(app, endpoint.getId(), paid).getId());
        awaitRequests(path, 5);
        // What is on its way is not replayed.
        await().atMost(SOON).until(() -> attempts(app, failed).size() == 2);
        BulkReplayIn refused = new BulkReplayIn().since(before).statusCodeClass(StatusCodeClass.CODE4XX);
        assertFinishes(
                svix.getEndpoint().bulkReplay(app, endpoint.getId(), refused).getId());

        assertThat(awaitRequests(path, 6).get(5).header("Webhook-id")).isEqualTo(failed.getId());
    }

    @Test
    void anExampleOfAnEventTypeIsSentToOneEndpoint() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        String other = path();
        endpoint(app, other);
        String type = uid();
        svix.getEventType()
                .create(new EventTypeIn()
                        .name(type)
                        .description("d")
                        .schemas(Map.of("1", Map.of("examples", List.of(Map.of("n", 1)), "type", "object"))));
        String bare = uid();
        svix.getEventType().create(new EventTypeIn().name(bare).description("d"));

        MessageOut ping =
                svix.getEndpoint().sendExample(app, endpoint.getId(), new EventExampleIn().eventType("svix.ping"));
        awaitRequests(path, 1);
        svix.getEndpoint().sendExample(app, endpoint.getId(), new EventExampleIn().eventType(type));

        assertThat(ping.getPayload()).isEqualTo(Map.of());
        assertThat(awaitRequests(path, 2))
                .extracting(Receiver.Request::text)
                .containsExactly("{\"success\": true}", "{\"n\":1}");
        assertThat(receiver.requestsTo(other)).isEmpty();
        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint.getId() + "/send-example";
        assertThat(gateway.manage("POST", url, "{\"eventType\":\"" + bare + "\"}")
                        .body())
                .contains("invalid_scheme");
        for (String unknown : List.of("none", "no name", "")) {
            assertThat(gateway.manage("POST", url, "{\"eventType\":\"" + unknown + "\"}")
                            .statusCode())
                    .as(unknown)
                    .isEqualTo(404);
        }
    }

    @Test
    void whatIsStillToBeSentCanBeCanceled() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        retriedAfter(app, endpoint.getId(), AN_HOUR);
        receiver.answer(path, n -> 500);
        MessageOut message = publish(app, "order.paid");
        awaitRequests(path, 1);

        assertThat(gateway.manage(
                                "POST",
                                "/api/v1/app/" + app + "/endpoint/" + endpoint.getId() + "/cancel-msgs",
                                "{\"createdBefore\":\"" + OffsetDateTime.now().plusMinutes(1) + "\"}")
                        .statusCode())
                .isEqualTo(204);

        String list = "/api/v1/app/" + app + "/msg/" + message.getId() + "/delivery";
        assertThat(reason(list, endpoint.getId())).isEqualTo("canceled by request");
    }

    @Test
    void cancelingGoesByTheTimeOfTheMessage() throws Exception {
        String app = application();
        List<MessageOut> messages = new ArrayList<>();
        for (int i = 0; i < SECONDS_OF_RATE; i++) {
            messages.add(publish(app, "order.paid"));
        }
        OffsetDateTime after = OffsetDateTime.now();
        String endpoint = create(app, new EndpointIn().throttleRate(1L));
        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint;
        assertFinishes(Gateway.json(since(url + "/replay-missing", after.minusMinutes(1)))
                .getString("id"));

        gateway.manage("POST", url + "/cancel-msgs", "{\"createdBefore\":\"" + after + "\"}");

        assertThat(messages)
                .extracting(message -> reason("/api/v1/app/" + app + "/msg/" + message.getId() + "/delivery", endpoint))
                .contains("canceled by request");
    }

    @Test
    void whatWaitsForItsNextAttemptGoesWhereAndAsItsEndpointSaysThen() throws Exception {
        String app = application();
        String type = uid();
        svix.getEventType().create(new EventTypeIn().name(type).description("another"));
        String before = path();
        String after = path();
        String endpoint = endpoint(app, before).getId();
        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint;
        CountDownLatch changed = new CountDownLatch(1);
        receiver.answer(before, n -> failAfter(changed));
        MessageOut message = publish(app, "order.paid");
        awaitRequests(before, 1);

        gateway.manage("PATCH", url, "{\"url\":\"" + receiver.url(after) + "\",\"filterTypes\":[\"" + type + "\"]}");
        gateway.manage("POST", url + "/secret/rotate", "{\"gracePeriodSeconds\":0}");
        gateway.manage("PUT", url + "/headers", "{\"headers\":{\"X-New\":\"1\"}}");
        changed.countDown();

        awaitAttempts(app, message, 2);
        Receiver.Request next = awaitRequests(after, 1).get(0);
        assertThat(next.header("Webhook-id")).isEqualTo(message.getId());
        assertThat(next.header("X-new")).isEqualTo("1");
        new com.svix.Webhook(svix.getEndpoint().getSecret(app, endpoint).getKey())
                .verify(next.text(), next.httpHeaders());
        assertThat(receiver.requestsTo(before)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"disabled, failed, endpoint disabled", "deleted, canceled, endpoint deleted"})
    void whatWaitsForAnEndpointThatIsNotThereAnyMoreEndsAndSaysWhy(String what, String state, String reason)
            throws Exception {
        String app = application();
        String path = path();
        String endpoint = endpoint(app, path).getId();
        CountDownLatch changed = new CountDownLatch(1);
        receiver.answer(path, n -> failAfter(changed));
        MessageOut message = publish(app, "order.paid");
        awaitRequests(path, 1);

        String url = "/api/v1/app/" + app + "/endpoint/" + endpoint;
        if (what.equals("deleted")) {
            gateway.manage("DELETE", url, "");
        } else {
            gateway.manage("PATCH", url, "{\"disabled\":true}");
        }
        changed.countDown();

        String deliveries = "/api/v1/app/" + app + "/msg/" + message.getId() + "/delivery";
        awaitAttempts(app, message, 1);
        await().atMost(SOON).until(() -> data(deliveries).get(0).getString("state"), state::equals);
        assertThat(reason(deliveries, endpoint)).isEqualTo(reason);
        assertThat(receiver.requestsTo(path)).hasSize(1);
    }

    @Test
    void withItsApplicationWhatWaitsIsGoneToo() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        CountDownLatch deleted = new CountDownLatch(1);
        receiver.answer(path, n -> failAfter(deleted));
        publish(app, "order.paid");
        awaitRequests(path, 1);

        svix.getApplication().delete(app);
        deleted.countDown();

        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> receiver.requestsTo(path).size() == 1);
    }

    private static int failAfter(CountDownLatch latch) {
        after(latch);
        return 500;
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "expunge", "delete"})
    void anAttemptOnItsWayIsRecordedWhateverHappensToItsDelivery(String how) throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        receiver.answer(path, n -> {
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return 500;
        });
        MessageOut message = publish(app, "order.paid");
        awaitRequests(path, 1);

        switch (how) {
            case "cancel" ->
                gateway.manage(
                        "POST",
                        "/api/v1/app/" + app + "/endpoint/" + endpoint.getId() + "/cancel-msgs",
                        "{\"createdBefore\":\"" + OffsetDateTime.now().plusMinutes(1) + "\"}");
            case "expunge" -> svix.getMessage().expungeContent(app, message.getId());
            default -> svix.getEndpoint().delete(app, endpoint.getId());
        }
        mayAnswer.countDown();

        assertThat(awaitAttempts(app, message, 1).get(0).getResponseStatusCode())
                .isEqualTo((short) 500);
        assertThat(receiver.requestsTo(path)).hasSize(1);
    }

    // Failing endpoints ------------------------------------------------------------------------------------------

    @Test
    void anEndpointWithNothingButFailuresForTooLongIsDisabled() throws Exception {
        String told = path();
        String listener = listener(told);
        try {
            String app = application();
            String path = path();
            EndpointOut endpoint = endpoint(app, path);
            receiver.answer(path, n -> 404);
            OffsetDateTime before = OffsetDateTime.now();
            MessageOut first = publish(app, "order.paid");
            awaitAttempts(app, first, 1);
            assertThat(svix.getEndpoint().get(app, endpoint.getId()).getDisabled())
                    .isFalse();

            awaitDisableAfter();
            boolean byOne = isDisabledByOneMore(app, endpoint);
            // A failure that comes late, twice that time after the first, is the first of others.
            assertThat(byOne || OffsetDateTime.now().isAfter(before.plus(DISABLE_AFTER.multipliedBy(2))))
                    .isTrue();
            await().atMost(SOON).until(() -> byOne || isDisabledByOneMore(app, endpoint));
            int seen = receiver.requestsTo(path).size();
            MessageOut kept = publish(app, "order.paid");
            assertThat(reason("/api/v1/app/" + app + "/msg/" + kept.getId() + "/delivery", endpoint.getId()))
                    .isEqualTo("endpoint disabled");
            assertThat(receiver.requestsTo(path)).hasSize(seen);
            await().atMost(SOON).until(() -> told(told, endpoint.getId()).containsKey("endpoint.disabled"));
            JsonObject disabled = told(told, endpoint.getId()).get("endpoint.disabled");
            assertThat(disabled.getString("trigger")).isEqualTo("automatic");
            assertThat(disabled.getString("reason")).startsWith("nothing but failures since ");
            assertThat(OffsetDateTime.parse(disabled.getString("failSince")))
                    .isBetween(before, OffsetDateTime.now().minus(DISABLE_AFTER));
        } finally {
            svix.getOperationalWebhookEndpoint().delete(listener);
        }
    }

    private boolean isDisabledByOneMore(String app, EndpointOut endpoint) throws Exception {
        MessageOut message = publish(app, "order.paid");
        await().atMost(SOON).until(() -> !attempts(app, message).isEmpty());
        return svix.getEndpoint().get(app, endpoint.getId()).getDisabled();
    }

    @Test
    void anEndpointThatTookWhatWasClaimedWithAFailureIsNotDisabled() throws Exception {
        String app = application();
        publish(app, 3);
        String path = path();
        CountDownLatch failureIsRecorded = new CountDownLatch(1);
        receiver.answer(path, n -> n == 1 ? 404 : after(failureIsRecorded));
        String endpoint = replayMissing(app, path, null);
        String attempts = "/api/v1/app/" + app + "/attempt/endpoint/" + endpoint;
        await().atMost(SOON).until(() -> !data(attempts).isEmpty());
        failureIsRecorded.countDown();
        await().atMost(SOON).until(() -> data(attempts + "?status=0").size() == 2);

        awaitDisableAfter();
        receiver.answer(path, n -> 404);
        awaitAttempts(app, publish(app, "order.paid"), 1);

        assertThat(svix.getEndpoint().get(app, endpoint).getDisabled()).isFalse();
    }

    @Test
    void anEndpointIsNotDisabledWhileItsMessagesAreTriedAgain() throws Exception {
        String app = application();
        String path = path();
        String endpoint = endpoint(app, path).getId();
        receiver.answer(path, n -> n == 1 ? 404 : n == 2 ? 500 : 200);
        awaitAttempts(app, publish(app, "order.paid"), 1);

        awaitDisableAfter();
        awaitAttempts(app, publish(app, "order.paid"), 2);

        assertThat(svix.getEndpoint().get(app, endpoint).getDisabled()).isFalse();
    }

    private static int after(CountDownLatch latch) {
        try {
            return latch.await(SOON.toSeconds(), TimeUnit.SECONDS) ? 200 : 500;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 500;
        }
    }

    private static void awaitDisableAfter() {
        OffsetDateTime late = OffsetDateTime.now().plus(DISABLE_AFTER);
        await().atMost(SOON).until(() -> OffsetDateTime.now().isAfter(late));
    }

    // Throttle rates ---------------------------------------------------------------------------------------------

    @Test
    void anEndpointGetsNoMoreThanItsRateAndYetEverything() throws Exception {
        String app = application();
        publish(app, 15);
        String path = path();

        long start = System.nanoTime();
        replayMissing(app, path, 10L);

        assertKeepsToTen(start, awaitRequests(path, 15));
    }

    @Test
    void theEndpointsOfAnApplicationTogetherGetNoMoreThanItsRateAndYetEverything() throws Exception {
        String app = svix.getApplication()
                .create(new ApplicationIn().name("slow").throttleRate(10L))
                .getId();
        publish(app, 8);
        List<String> paths = List.of(path(), path());

        long start = System.nanoTime();
        for (String path : paths) {
            replayMissing(app, path, null);
        }

        assertKeepsToTen(
                start,
                paths.stream().flatMap(path -> awaitRequests(path, 8).stream()).toList());
    }

    @Test
    void whatWaitsForItsRateKeepsItsPlace() throws Exception {
        String app = application();
        String path = path();
        String endpoint = svix.getEndpoint()
                .create(
                        app,
                        new EndpointIn().url(URI.create(receiver.url(path))).throttleRate(10L))
                .getId();
        List<String> published = new ArrayList<>();
        for (int i = 0; i < BACKLOG_OF_RATE; i++) {
            published.add(publish(app, "order.paid").getId());
        }
        String deliveries = "/api/v1/app/" + app + "/msg/" + published.get(BACKLOG_OF_RATE - 1) + "/delivery";
        Set<JsonValue> due = new HashSet<>();
        await().atMost(SOON).until(() -> {
            due.add(delivery(deliveries, endpoint).orElseThrow().get("nextAttempt"));
            return receiver.requestsTo(path).size() >= BACKLOG_OF_RATE;
        });

        JsonObject last = delivery(deliveries, endpoint).orElseThrow();
        assertThat(due).isSubsetOf(last.get("createdAt"), JsonValue.NULL);
        assertInOrder(published, awaitRequests(path, published.size()));
    }

    /** They are sent a tenth of a second apart; those that come together, since a machine stood still, come in any order. */
    private static void assertInOrder(List<String> ids, List<Receiver.Request> requests) {
        Map<String, Long> arrivals = requests.stream()
                .collect(Collectors.toMap(request -> request.header("Webhook-id"), Receiver.Request::nanos));
        assertThat(arrivals).containsOnlyKeys(ids);
        for (int i = 1; i < ids.size(); i++) {
            for (String before : ids.subList(0, i)) {
                assertThat(arrivals.get(before) - arrivals.get(ids.get(i))).isLessThan(100_000_000);
            }
        }
    }

    @Test
    void anApplicationThatKeepsToARateHoldsNoOtherUp() throws Exception {
        String slow = svix.getApplication()
                .create(new ApplicationIn().name("slow").throttleRate(1L))
                .getId();
        String slowPath = path();
        endpoint(slow, slowPath);
        publish(slow, 30);
        String app = application();
        String path = path();
        endpoint(app, path);

        publish(app, 5);

        awaitRequests(path, 5);
        // It takes half a minute for these, of which the others have waited for none.
        assertThat(receiver.requestsTo(slowPath)).hasSizeBetween(1, 29);
        svix.getApplication().delete(slow);
    }

    private void publish(String app, int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            publish(app, "order.paid");
        }
    }

    /** Makes an endpoint to which everything is due at once that was published before; gives its id. */
    private String replayMissing(String app, String path, @Nullable Long rate) throws Exception {
        String endpoint = svix.getEndpoint()
                .create(
                        app,
                        new EndpointIn().url(URI.create(receiver.url(path))).throttleRate(rate))
                .getId();
        OffsetDateTime time = OffsetDateTime.now().minusMinutes(1);
        assertThat(since("/api/v1/app/" + app + "/endpoint/" + endpoint + "/replay-missing", time)
                        .statusCode())
                .isEqualTo(202);
        return endpoint;
    }

    /** A tenth of a second's worth may come at once, each of the others as its share of a second has passed. */
    private static void assertKeepsToTen(long start, List<Receiver.Request> requests) {
        List<Long> arrivals = requests.stream()
                .map(request -> (request.nanos() - start) / 1_000_000)
                .sorted()
                .toList();
        // What is late on its way only comes later, so this holds on a machine of any speed.
        assertThat(arrivals)
                .allSatisfy(millis -> assertThat(millis).isGreaterThanOrEqualTo(100L * arrivals.indexOf(millis)));
    }

    // A schedule of its own --------------------------------------------------------------------------------------

    @Test
    void anEndpointMayHaveARetryScheduleOfItsOwn() throws Exception {
        String app = application();
        String path = path();
        String url = retrySchedule(app, endpoint(app, path).getId());
        String inherited = gateway.manage("GET", url, "").body();
        receiver.answer(path, n -> 500);

        assertThat(gateway.manage("PUT", url, "{\"delays\":[0,0.1]}").statusCode())
                .isEqualTo(204);
        assertThat(gateway.manage("GET", url, "").body()).isEqualTo("{\"delays\":[0,0.1],\"inherited\":false}");
        publish(app, "order.paid");
        assertThat(reasonOfDeadLetter(app, 1)).isEqualTo("all 3 attempts failed");

        assertThat(gateway.manage("PUT", url, "{\"delays\":[]}").statusCode()).isEqualTo(204);
        publish(app, "order.paid");
        assertThat(reasonOfDeadLetter(app, 2)).isEqualTo("all 1 attempts failed");
        assertThat(receiver.requestsTo(path)).hasSize(4);

        assertThat(gateway.manage("DELETE", url, "").statusCode()).isEqualTo(204);
        assertThat(gateway.manage("GET", url, "").body()).isEqualTo(inherited).endsWith("\"inherited\":true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"delays\":null}", "{\"delays\":[-1]}", "{\"delays\":[\"5\"]}"})
    void whatIsNoRetryScheduleIsRefusedAndChangesNothing(String body) throws Exception {
        String app = application();
        String url = retrySchedule(app, endpoint(app, path()).getId());
        gateway.manage("PUT", url, "{\"delays\":[7]}");

        assertThat(gateway.manage("PUT", url, body).statusCode()).isEqualTo(422);

        assertThat(gateway.manage("GET", url, "").body()).startsWith("{\"delays\":[7]");
        for (String method : List.of("GET", "PUT", "DELETE")) {
            assertThat(gateway.manage(method, retrySchedule(app, "ep_unknown"), "{\"delays\":[7]}")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private static String retrySchedule(String app, String endpoint) {
        return "/api/v1/app/" + app + "/endpoint/" + endpoint + "/retry-schedule";
    }

    /** Of the newest, once there are so many. */
    private String reasonOfDeadLetter(String app, int count) {
        await().atMost(SOON).until(() -> deadLetters(app).size() == count);
        return deadLetters(app).stream()
                .max(Comparator.comparing(letter -> letter.getString("id")))
                .orElseThrow()
                .getString("reason");
    }

    // Dead letters -----------------------------------------------------------------------------------------------

    @Test
    void aDeadLetterIsListedInspectedAndSentAgain() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        receiver.answer(path, n -> n == 1 ? 400 : 200);
        MessageOut message = publish(app, "order.paid");
        awaitAttempts(app, message, 1);

        JsonObject listed = deadLetters(app).get(0);
        String url = "/api/v1/dead-letter/" + listed.getString("id");
        JsonObject letter = Gateway.json(gateway.manage("GET", url, ""));

        assertThat(listed.getString("msgId")).isEqualTo(message.getId());
        assertThat(listed.getString("endpointId")).isEqualTo(endpoint.getId());
        assertThat(letter.getString("reason")).isEqualTo("answered 400");
        assertThat(letter.getJsonObject("lastAttempt").getInt("responseStatusCode"))
                .isEqualTo(400);
        assertThat(gateway.manage("POST", url + "/resend", "").statusCode()).isEqualTo(202);
        awaitAttempts(app, message, 2);
        assertThat(deadLetters(app)).isEmpty();
        assertThat(status("GET", url)).isEqualTo(404);
    }

    @Test
    void deadLettersOfAllApplicationsAreListedAndDiscardedTogether() throws Exception {
        OffsetDateTime before = OffsetDateTime.now().minusSeconds(1);
        List<String> messages = List.of(dead(application()), dead(application()));

        List<JsonObject> newest = data("/api/v1/dead-letter?limit=250");
        HttpResponse<String> discarding =
                gateway.manage("POST", "/api/v1/dead-letter/discard", "{\"since\":\"" + before + "\"}");

        assertThat(newest)
                .extracting(letter -> letter.getString("msgId"))
                .containsSubsequence(messages.get(1), messages.get(0));
        assertFinishes(Gateway.json(discarding).getString("id"));
        assertThat(data("/api/v1/dead-letter?limit=250"))
                .extracting(letter -> letter.getString("msgId"))
                .doesNotContainAnyElementsOf(messages);
    }

    /** Publishes a message to an endpoint of its own that refuses it; its id. */
    private String dead(String app) throws Exception {
        String path = path();
        endpoint(app, path);
        receiver.answer(path, n -> 400);
        MessageOut message = publish(app, "order.paid");
        await().atMost(SOON).until(() -> deadLetters(app).size() == 1);
        return message.getId();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resend", "discard"})
    void manyDeadLettersAreDealtWithByFilter(String action) throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        receiver.answer(path, n -> n <= 3 ? 400 : 200);
        publish(app, "order.paid");
        publish(app, "order.paid");
        publish(app, "order.sent");
        await().atMost(SOON).until(() -> deadLetters(app).size() == 3);

        HttpResponse<String> answer = gateway.manage(
                "POST", "/api/v1/dead-letter/" + action, "{\"appId\":\"" + app + "\",\"eventTypes\":[\"order.paid\"]}");

        assertThat(answer.statusCode()).isEqualTo(202);
        String task = Gateway.json(answer).getString("id");
        assertFinishes(task);
        await().atMost(SOON).until(() -> deadLetters(app).size() == 1);
        awaitRequests(path, action.equals("resend") ? 5 : 3);
        assertThat(data("/api/v1/background-task?task=" + Gateway.json(answer).getString("task") + "&limit=250"))
                .extracting(listed -> listed.getString("id"))
                .contains(task);
    }

    @Test
    void deadLettersAreListedAndDiscardedByEndpointAndTime() throws Exception {
        String app = application();
        String path = path();
        receiver.answer(path, n -> 400);
        EndpointOut one = endpoint(app, path);
        EndpointOut other = endpoint(app, path);
        OffsetDateTime before = OffsetDateTime.now().minusSeconds(1);
        publish(app, "order.paid");
        await().atMost(SOON).until(() -> deadLetters(app).size() == 2);
        String list = "/api/v1/dead-letter?app_id=" + app;
        OffsetDateTime after = OffsetDateTime.now().plusSeconds(1);

        assertThat(data(list + "&endpoint_id=" + one.getId()))
                .extracting(letter -> letter.getString("endpointId"))
                .containsExactly(one.getId());
        assertThat(data(list + "&after=" + before.toInstant() + "&before=" + after.toInstant()))
                .hasSize(2);
        assertThat(data(list + "&after=" + after.toInstant())).isEmpty();
        assertThat(data(list + "&before=" + before.toInstant())).isEmpty();

        discard(app, "\"since\":\"" + after + "\"");
        discard(app, "\"until\":\"" + before + "\"");
        assertThat(deadLetters(app)).hasSize(2);

        discard(app, "\"endpointId\":\"" + one.getId() + "\",\"since\":\"" + before + "\",\"until\":\"" + after + "\"");
        assertThat(deadLetters(app))
                .extracting(letter -> letter.getString("endpointId"))
                .containsExactly(other.getId());
    }

    private void discard(String app, String filter) throws Exception {
        HttpResponse<String> answer =
                gateway.manage("POST", "/api/v1/dead-letter/discard", "{\"appId\":\"" + app + "\"," + filter + "}");
        assertFinishes(Gateway.json(answer).getString("id"));
    }

    @Test
    void deadLettersOfADeletedEndpointStayWhateverIsResent() throws Exception {
        String app = application();
        String path = path();
        EndpointOut gone = endpoint(app, path);
        receiver.answer(path, n -> 400);
        publish(app, "order.paid");
        await().atMost(SOON).until(() -> deadLetters(app).size() == 1);
        svix.getEndpoint().delete(app, gone.getId());

        HttpResponse<String> answer =
                gateway.manage("POST", "/api/v1/dead-letter/resend", "{\"appId\":\"" + app + "\"}");

        assertFinishes(Gateway.json(answer).getString("id"));
        assertThat(deadLetters(app)).hasSize(1);
    }

    @Test
    void aDeadLetterCanBeDiscarded() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        receiver.answer(path, n -> 400);
        publish(app, "order.paid");
        await().atMost(SOON).until(() -> deadLetters(app).size() == 1);
        String url = "/api/v1/dead-letter/" + deadLetters(app).get(0).getString("id");

        assertThat(status("DELETE", url)).isEqualTo(204);
        assertThat(status("DELETE", url)).isEqualTo(404);
        assertThat(deadLetters(app)).isEmpty();
    }

    @Test
    void backgroundTasksAreListedAndFiltered() throws Exception {
        String app = application();
        EndpointOut endpoint = endpoint(app, path());
        String id = svix.getEndpoint()
                .recover(app, endpoint.getId(), new RecoverIn().since(OffsetDateTime.now()))
                .getId();
        assertFinishes(id);

        assertThat(data("/api/v1/background-task?limit=250"))
                .extracting(task -> task.getString("id"))
                .contains(id);
        assertThat(data("/api/v1/background-task?status=failed")).isEmpty();
        assertThat(data("/api/v1/background-task?task=endpoint.replay&limit=250"))
                .extracting(task -> task.getString("id"))
                .doesNotContain(id);
        assertThat(status("GET", "/api/v1/background-task?status=odd")).isEqualTo(400);
        assertThat(status("GET", "/api/v1/background-task/qtask_none")).isEqualTo(404);
    }

    // ------------------------------------------------------------------------------------------------------------

    private List<MessageAttemptOut> ofEndpoint(
            String app, EndpointOut endpoint, MessageAttemptListByEndpointOptions options) throws Exception {
        return svix.getMessageAttempt()
                .listByEndpoint(app, endpoint.getId(), options)
                .getData();
    }

    private static List<String> ids(List<MessageAttemptOut> attempts) {
        return attempts.stream().map(MessageAttemptOut::getId).toList();
    }

    private String create(String app, EndpointIn endpoint) throws Exception {
        return svix.getEndpoint()
                .create(app, endpoint.url(URI.create(receiver.url(path()))))
                .getId();
    }

    private HttpResponse<String> resend(String app, MessageOut message, String endpoint) {
        return gateway.manage(
                "POST", "/api/v1/app/" + app + "/msg/" + message.getId() + "/endpoint/" + endpoint + "/resend", "");
    }

    private HttpResponse<String> since(String url, OffsetDateTime time) {
        return gateway.manage("POST", url, "{\"since\":\"" + time + "\"}");
    }

    @Test
    void aShortTaskDoesNotWaitForTheEndOfALongOne() throws Exception {
        String many = application();
        publish(many, BATCHES_OF_MESSAGES);
        String one = application();
        publish(one, 1);

        // Where the long one is over before the short one has been asked for, that says nothing.
        await().atMost(SOON).until(() -> endsFirst(one, many));
    }

    /** Whether of two tasks the second, which is begun after the first, ends before it. */
    private boolean endsFirst(String second, String first) throws Exception {
        String ofFirst = "/api/v1/app/" + first + "/endpoint/" + create(first, new EndpointIn());
        String ofSecond = "/api/v1/app/" + second + "/endpoint/" + create(second, new EndpointIn());
        OffsetDateTime time = OffsetDateTime.now().minusMinutes(5);

        String firstTask =
                Gateway.json(since(ofFirst + "/replay-missing", time)).getString("id");
        String secondTask =
                Gateway.json(since(ofSecond + "/replay-missing", time)).getString("id");

        OffsetDateTime firstEnd = assertFinishes(firstTask).getUpdatedAt();
        return assertFinishes(secondTask).getUpdatedAt().isBefore(firstEnd);
    }

    private BackgroundTaskOut assertFinishes(String task) throws Exception {
        await().atMost(SOON)
                .until(() -> svix.getBackgroundTask().get(task).getStatus() == BackgroundTaskStatus.FINISHED);
        return svix.getBackgroundTask().get(task);
    }

    private List<JsonObject> deadLetters(String app) {
        return data("/api/v1/dead-letter?app_id=" + app);
    }

    private List<String> messageIds(String path) {
        return data(path).stream().map(message -> message.getString("id")).toList();
    }

    private String reason(String deliveries, String endpoint) {
        return delivery(deliveries, endpoint)
                .map(delivery -> delivery.getString("reason", ""))
                .orElse("(not listed)");
    }

    private Optional<JsonObject> delivery(String deliveries, String endpoint) {
        return data(deliveries).stream()
                .filter(delivery -> delivery.getString("endpointId").equals(endpoint))
                .findFirst();
    }

    private List<JsonObject> data(String path) {
        HttpResponse<String> answer = gateway.manage("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Gateway.json(answer).getJsonArray("data").getValuesAs(JsonObject.class);
    }

    private int status(String method, String path) {
        return gateway.manage(method, path, "").statusCode();
    }
}
