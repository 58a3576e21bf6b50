package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.svix.Svix;
import com.svix.SvixOptions;
import io.posthorn.signature.PlainSignature;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Talks to a running Posthorn as its users do: senders over plain HTTP, managers through the Svix SDK. A call fails if its
 * answer breaks the contract.
 */
public final class Gateway {

    public static final String SECRET = "a secret of the generic source";

    /** A server that does not answer fails the test, rather than to keep it waiting for ever. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String token;
    private final boolean mayFail;

    public Gateway(String url, String token) {
        this(url, token, false);
    }

    private Gateway(String url, String token, boolean mayFail) {
        this.url = url;
        this.token = token;
        this.mayFail = mayFail;
    }

    /** The same for a test that lets the server fail, so that a 5xx is no mistake. */
    public Gateway whileTheServerMayFail() {
        return new Gateway(url, token, true);
    }

    public Svix svix() {
        return svix(ContractProxy.of(url));
    }

    Svix svix(ContractProxy proxy) {
        SvixOptions options = new SvixOptions();
        options.setServerUrl(proxy.url());
        return new Svix(token, options);
    }

    /** Posts a body to a {@code generic} source, signed with its secret. */
    public HttpResponse<String> receive(String path, String body) {
        return post(
                path,
                body.getBytes(UTF_8),
                Map.of("X-Webhook-Signature", PlainSignature.sign(SECRET, body.getBytes(UTF_8))));
    }

    HttpResponse<String> post(String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request);
    }

    /** A request to the management API, with the token. */
    public HttpResponse<String> manage(String method, String path, String body) {
        return manage(method, path, body, Map.of());
    }

    HttpResponse<String> manage(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    public HttpResponse<String> send(String method, String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).method(method, BodyPublishers.noBody()));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
            if (!mayFail || answer.statusCode() < 500) {
                violation(answer).ifPresent(violation -> {
                    throw new AssertionError(violation);
                });
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What is wrong with an answer of Posthorn by the OpenAPI documents; empty if nothing is. */
    public static Optional<String> violation(HttpResponse<String> answer) {
        return SvixContract.violationOfAny(
                answer.request().method(),
                answer.request().uri().getRawPath(),
                answer.statusCode(),
                answer.headers().firstValue("Content-Type").orElse(""),
                answer.body());
    }

    URI uri(String path) {
        return URI.create(url + path);
    }

    /** What {@code GET /webhooks/events} says. */
    public JsonArray events(String query) {
        return parse(manage("GET", "/webhooks/events" + query, "").body()).readArray();
    }

    public String eventStatus(String id) {
        return events("").getValuesAs(JsonObject.class).stream()
                .filter(event -> event.getString("id").equals(id))
                .map(event -> event.getString("status"))
                .findFirst()
                .orElse("(not listed)");
    }

    public static JsonObject json(HttpResponse<String> response) {
        return json(response.body());
    }

    public static JsonObject json(String text) {
        return parse(text).readObject();
    }

    private static JsonReader parse(String json) {
        return Json.createReader(new StringReader(json));
    }
}
