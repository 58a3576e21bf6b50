package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.models.EndpointIn;
import com.svix.models.MessageOut;
import io.posthorn.it.CertificateAuthority.Certified;
import jakarta.json.Json;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Deliveries through a SOCKS5 proxy. */
class SocksProxyIT extends StoryFixture {

    private final SocksProxy proxy = new SocksProxy();

    @Override
    ServerKind kind() {
        return ServerKind.WILDFLY;
    }

    @Override
    Map<String, String> database() {
        return Map.of(
                "posthorn.delivery.proxy",
                proxy.url(),
                "posthorn.delivery.proxy-exceptions",
                "127.0.0.0/8,.direct.example");
    }

    @AfterAll
    void stopProxy() {
        proxy.close();
    }

    @Test
    void anEndpointIsReachedThroughTheProxyByTheAddressThatWasChecked() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);

        publish(app, "order.paid");

        awaitRequests(path, 1);
        assertThat(proxy.targets())
                .contains("address 127.0.0.1:" + URI.create(receiver.url(path)).getPort());
        assertThat(proxy.targets()).noneMatch(target -> target.startsWith("name"));
    }

    @Test
    void anExceptionIsReachedWithoutIt() throws Exception {
        String app = application();
        String path = path();
        try (Receiver excepted = new Receiver()) {
            String url = excepted.url(path).replace("localhost", "127.0.0.1");
            svix.getEndpoint().create(app, new EndpointIn().url(URI.create(url)));

            publish(app, "order.paid");

            await().atMost(SOON).until(() -> excepted.requestsTo(path).size() == 1);
            assertThat(proxy.targets())
                    .noneMatch(target -> target.endsWith(":" + URI.create(url).getPort()));
        }
    }

    @Test
    void aBlockedAddressIsNotAskedForAtTheProxy() throws Exception {
        String app = application();
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create("http://169.254.169.254:8123/latest")));

        MessageOut message = publish(app, "order.paid");

        await().atMost(SOON).until(() -> !attempts(app, message).isEmpty());
        assertThat(attempts(app, message).get(0).getResponse()).startsWith("blocked: 169.254.169.254");
        assertThat(proxy.targets()).noneMatch(target -> target.endsWith(":8123"));
    }

    @Test
    void aCertificateIsShownThroughTheProxyToo() throws Exception {
        CertificateAuthority authority = new CertificateAuthority("An authority of our own");
        Certified client = authority.issue("client");
        try (Receiver demanding =
                new Receiver(CertificateAuthority.serverContext(authority.issue("receiver"), authority), true)) {
            String app = application();
            String path = path();
            String url = demanding.url(path);
            String endpoint = svix.getEndpoint()
                    .create(app, new EndpointIn().url(URI.create(url)))
                    .getId();
            String credentials = Json.createObjectBuilder()
                    .add(
                            "mutualTls",
                            Json.createObjectBuilder()
                                    .add("certificate", client.certificatePem())
                                    .add("privateKey", client.keyPem()))
                    .add("ca", authority.pem())
                    .build()
                    .toString();
            gateway.manage("PUT", "/api/v1/app/" + app + "/endpoint/" + endpoint + "/credentials", credentials);

            publish(app, "order.paid");

            await().atMost(SOON).until(() -> demanding.requestsTo(path).size() == 1);
            assertThat(demanding.requestsTo(path).get(0).certificate()).contains("CN=client,O=Posthorn's tests");
            assertThat(proxy.targets())
                    .contains("address 127.0.0.1:" + URI.create(url).getPort());
        }
    }

    @Test
    void whatTheProxyCannotReachFailsTheAttempt() throws Exception {
        String app = application();
        String path = path();
        String url = "http://localhost:" + ServerProcess.freePort() + path;
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create(url)));

        MessageOut message = publish(app, "order.paid");

        assertThat(awaitAttempts(app, message, 3)).allMatch(attempt -> attempt.getResponseStatusCode() == 0);
    }
}
