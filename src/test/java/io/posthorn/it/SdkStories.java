package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.Svix;
import com.svix.api.Application;
import com.svix.api.Endpoint;
import com.svix.api.EventType;
import com.svix.api.Health;
import com.svix.api.Message;
import com.svix.api.MessageAttempt;
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
import com.svix.models.RecoverIn;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Svix's own SDK for Java, operation by operation. */
abstract class SdkStories extends OpenApiStories {

    @Test
    void everyOperationOfTheDocumentIsCalledByTheSdkAndSucceeds() throws Exception {
        try (ContractProxy watched = new ContractProxy(server.url())) {
            Svix sdk = new Gateway(watched.url(), server.generatedToken()).svix();
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
