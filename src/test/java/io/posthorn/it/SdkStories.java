package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.Svix;
import com.svix.api.Application;
import com.svix.api.ApplicationListOptions;
import com.svix.api.Endpoint;
import com.svix.api.EndpointGetStatsOptions;
import com.svix.api.EndpointListOptions;
import com.svix.api.EventType;
import com.svix.api.EventTypeDeleteOptions;
import com.svix.api.EventTypeListOptions;
import com.svix.api.Health;
import com.svix.api.Message;
import com.svix.api.MessageAttempt;
import com.svix.api.MessageAttemptListAttemptedDestinationsOptions;
import com.svix.api.MessageAttemptListAttemptedMessagesOptions;
import com.svix.api.MessageAttemptListByEndpointOptions;
import com.svix.api.MessageAttemptListByMsgOptions;
import com.svix.api.MessageCreateOptions;
import com.svix.api.MessageGetOptions;
import com.svix.api.MessageListOptions;
import com.svix.models.AppPortalAccessIn;
import com.svix.models.ApplicationIn;
import com.svix.models.ApplicationPatch;
import com.svix.models.EndpointHeadersIn;
import com.svix.models.EndpointHeadersPatchIn;
import com.svix.models.EndpointIn;
import com.svix.models.EndpointPatch;
import com.svix.models.EndpointSecretRotateIn;
import com.svix.models.EndpointUpdate;
import com.svix.models.EventExampleIn;
import com.svix.models.EventTypeIn;
import com.svix.models.EventTypePatch;
import com.svix.models.EventTypeUpdate;
import com.svix.models.MessageIn;
import com.svix.models.MessageOut;
import com.svix.models.MessageStatus;
import com.svix.models.Ordering;
import com.svix.models.RecoverIn;
import com.svix.models.StatusCodeClass;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Svix's own SDK for Java, operation by operation. */
abstract class SdkStories extends OpenApiStories {

    @Test
    void everyOperationOfTheDocumentIsCalledByTheSdkAndSucceeds() throws Exception {
        try (ContractProxy watched = new ContractProxy(server.url())) {
            Svix sdk = gateway.svix(watched);
            String app = applications(sdk.getApplication());
            String type = eventTypes(sdk.getEventType());
            String endpoint = endpoints(sdk.getEndpoint(), app, type);
            messages(sdk, app, endpoint, new Gateway(watched.url(), server.generatedToken()));
            new Health(sdk.getHttpClient()).get();
            String portal = sdk.getAuthentication()
                    .appPortalAccess(app, new AppPortalAccessIn())
                    .getToken();
            assertThat(withoutBody(new Gateway(watched.url(), portal), "/api/v1/auth/logout"))
                    .isEqualTo(204);
            sdk.getEndpoint().delete(app, endpoint);
            sdk.getEventType().delete(type);
            sdk.getApplication().delete(app);

            assertThat(SvixContract.SERVER.operations()).hasSize(40);
            assertThat(watched.succeeded()).containsAll(SvixContract.SERVER.operations());
        }
    }

    @Test
    void everyQueryParameterOfTheDocumentIsGivenByTheSdkAndTaken() throws Exception {
        try (ContractProxy watched = new ContractProxy(server.url())) {
            Svix sdk = gateway.svix(watched);
            String app = application();
            String endpoint = endpoint(app, path()).getId();
            MessageCreateOptions creating = new MessageCreateOptions();
            creating.setWithContent(false);
            String message = sdk.getMessage()
                    .create(app, new MessageIn().eventType("order.paid").payload("{}"), creating)
                    .getId();

            withParameters(sdk.getApplication());
            withParameters(sdk.getEventType());
            withParameters(sdk.getEndpoint(), app, endpoint);
            withParameters(sdk.getMessage(), app, message);
            withParameters(sdk.getMessageAttempt(), app, endpoint, message);

            assertThat(SvixContract.SERVER.parameters()).hasSize(53);
            assertThat(watched.parameters()).containsAll(SvixContract.SERVER.parameters());
        }
    }

    private static void withParameters(Application applications) throws Exception {
        ApplicationIn in = new ApplicationIn().name("sdk").uid(uid());
        ApplicationListOptions options = new ApplicationListOptions();
        options.setLimit(1L);
        options.setIterator(applications.getOrCreate(in).getId());
        options.setOrder(Ordering.DESCENDING);
        applications.list(options);
    }

    private static void withParameters(EventType types) throws Exception {
        String name =
                types.create(new EventTypeIn().name(uid()).description("a")).getName();
        EventTypeListOptions options = new EventTypeListOptions();
        options.setLimit(1L);
        options.setIterator(name);
        options.setOrder(Ordering.ASCENDING);
        options.setIncludeArchived(true);
        options.setWithContent(true);
        types.list(options);
        EventTypeDeleteOptions deleting = new EventTypeDeleteOptions();
        deleting.setExpunge(true);
        types.delete(name, deleting);
    }

    private static void withParameters(Endpoint endpoints, String app, String endpoint) throws Exception {
        EndpointListOptions options = new EndpointListOptions();
        options.setLimit(1L);
        options.setIterator(endpoint);
        options.setOrder(Ordering.ASCENDING);
        endpoints.list(app, options);
        EndpointGetStatsOptions stats = new EndpointGetStatsOptions();
        stats.setSince(OffsetDateTime.now().minusDays(1));
        stats.setUntil(OffsetDateTime.now().minusHours(1));
        endpoints.getStats(app, endpoint, stats);
    }

    private static void withParameters(Message messages, String app, String message) throws Exception {
        MessageListOptions options = new MessageListOptions();
        options.setLimit(1L);
        options.setIterator(message);
        options.setChannel("red");
        options.setBefore(OffsetDateTime.now());
        options.setAfter(OffsetDateTime.now().minusDays(1));
        options.setWithContent(false);
        options.setEventTypes(Set.of("order.paid", "order.sent"));
        messages.list(app, options);
        MessageGetOptions reading = new MessageGetOptions();
        reading.setWithContent(false);
        messages.get(app, message, reading);
    }

    private static void withParameters(MessageAttempt attempts, String app, String endpoint, String message)
            throws Exception {
        MessageAttemptListByEndpointOptions ofEndpoint = new MessageAttemptListByEndpointOptions();
        ofEndpoint.setLimit(1L);
        ofEndpoint.setIterator("atmpt_0");
        ofEndpoint.setStatus(MessageStatus.SUCCESS);
        ofEndpoint.setStatusCodeClass(StatusCodeClass.CODE2XX);
        ofEndpoint.setChannel("red");
        ofEndpoint.setBefore(OffsetDateTime.now());
        ofEndpoint.setAfter(OffsetDateTime.now().minusDays(1));
        ofEndpoint.setWithContent(false);
        ofEndpoint.setEventTypes(Set.of("order.paid"));
        attempts.listByEndpoint(app, endpoint, ofEndpoint);

        MessageAttemptListByMsgOptions ofMessage = new MessageAttemptListByMsgOptions();
        ofMessage.setLimit(1L);
        ofMessage.setIterator("atmpt_0");
        ofMessage.setStatus(MessageStatus.SUCCESS);
        ofMessage.setStatusCodeClass(StatusCodeClass.CODE2XX);
        ofMessage.setChannel("red");
        ofMessage.setEndpointId(endpoint);
        ofMessage.setBefore(OffsetDateTime.now());
        ofMessage.setAfter(OffsetDateTime.now().minusDays(1));
        ofMessage.setWithContent(false);
        ofMessage.setEventTypes(Set.of("order.paid"));
        attempts.listByMsg(app, message, ofMessage);

        MessageAttemptListAttemptedMessagesOptions attempted = new MessageAttemptListAttemptedMessagesOptions();
        attempted.setLimit(1L);
        attempted.setIterator(message);
        attempted.setChannel("red");
        attempted.setStatus(MessageStatus.SUCCESS);
        attempted.setBefore(OffsetDateTime.now());
        attempted.setAfter(OffsetDateTime.now().minusDays(1));
        attempted.setWithContent(false);
        attempted.setEventTypes(Set.of("order.paid"));
        attempts.listAttemptedMessages(app, endpoint, attempted);

        MessageAttemptListAttemptedDestinationsOptions destinations =
                new MessageAttemptListAttemptedDestinationsOptions();
        destinations.setLimit(1L);
        destinations.setIterator(endpoint);
        attempts.listAttemptedDestinations(app, message, destinations);
    }

    private static String applications(Application applications) throws Exception {
        String app = applications.create(new ApplicationIn().name("sdk")).getId();
        applications.update(app, new ApplicationIn().name("sdk 2"));
        applications.patch(app, new ApplicationPatch().name("sdk 3"));
        assertThat(applications.get(app).getName()).isEqualTo("sdk 3");
        assertThat(applications.list().getData()).isNotEmpty();
        return app;
    }

    private static String eventTypes(EventType types) throws Exception {
        String name =
                types.create(new EventTypeIn().name(uid()).description("a")).getName();
        types.update(
                name,
                new EventTypeUpdate()
                        .description("b")
                        .schemas(Map.of("1", Map.of("type", "object", "examples", List.of(Map.of("a", 1))))));
        types.patch(name, new EventTypePatch().description("c"));
        assertThat(types.get(name).getDescription()).isEqualTo("c");
        assertThat(types.list().getData()).isNotEmpty();
        return name;
    }

    private String endpoints(Endpoint endpoints, String app, String type) throws Exception {
        URI url = URI.create(receiver.url(path()));
        String id = endpoints.create(app, new EndpointIn().url(url)).getId();
        endpoints.update(app, id, new EndpointUpdate().url(url).description("b"));
        endpoints.patch(app, id, new EndpointPatch().description("c"));
        assertThat(endpoints.get(app, id).getDescription()).isEqualTo("c");
        assertThat(endpoints.list(app).getData()).hasSize(1);
        String secret = endpoints.getSecret(app, id).getKey();
        endpoints.rotateSecret(app, id, new EndpointSecretRotateIn());
        assertThat(endpoints.getSecret(app, id).getKey()).isNotEqualTo(secret);
        endpoints.updateHeaders(app, id, new EndpointHeadersIn().headers(Map.of("a", "1")));
        endpoints.patchHeaders(app, id, new EndpointHeadersPatchIn().headers(Map.of("b", "2")));
        assertThat(endpoints.getHeaders(app, id).getHeaders()).hasSize(2);
        endpoints.recover(app, id, new RecoverIn().since(OffsetDateTime.now()));
        endpoints.sendExample(app, id, new EventExampleIn().eventType(type));
        assertThat(endpoints.getStats(app, id)).isNotNull();
        return id;
    }

    /** What the SDK cannot do: it gives no body here, and its HTTP client takes no POST without one. */
    private static int withoutBody(Gateway gateway, String path) {
        return gateway.manage("POST", path, "").statusCode();
    }

    private static void messages(Svix sdk, String app, String endpoint, Gateway gateway) throws Exception {
        Message messages = sdk.getMessage();
        MessageAttempt attempts = sdk.getMessageAttempt();
        MessageOut message =
                messages.create(app, new MessageIn().eventType("order.paid").payload("{\"a\":1}"));
        String id = message.getId();
        assertThat(messages.get(app, id)).isEqualTo(message);
        assertThat(messages.list(app).getData()).contains(message);
        await().atMost(SOON).until(() -> !attempts.listByMsg(app, id).getData().isEmpty());
        String ofMessage = attempts.listByMsg(app, id).getData().get(0).getId();
        assertThat(attempts.get(app, id, ofMessage).getEndpointId()).isEqualTo(endpoint);
        assertThat(attempts.listByEndpoint(app, endpoint).getData()).isNotEmpty();
        assertThat(attempts.listAttemptedMessages(app, endpoint).getData()).isNotEmpty();
        assertThat(attempts.listAttemptedDestinations(app, id).getData()).hasSize(1);
        assertThat(withoutBody(gateway, "/api/v1/app/" + app + "/msg/" + id + "/endpoint/" + endpoint + "/resend"))
                .isEqualTo(202);
        await().atMost(SOON).until(() -> attempts.listByMsg(app, id).getData().size() == 2);
        attempts.expungeContent(app, id, ofMessage);
        messages.expungeContent(app, id);
    }
}
