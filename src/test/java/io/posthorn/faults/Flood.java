package io.posthorn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.it.Gateway;
import io.posthorn.it.ServerProcess;
import io.posthorn.signature.PlainSignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Requests that are to be refused, for the most part, each with a text of its own in it. */
final class Flood implements AutoCloseable {

    /** Sources that are wanted, each of the type that is its name. */
    static final List<String> TYPES = List.of("meta", "paypal");

    private static final int SENDERS = 8;

    /** Of a text: about as long as each server takes it in a path. */
    private static final int LENGTH = 1_500;

    private static final List<Kind> KINDS = List.of(
            new Kind("unknown source", text -> request("POST", "/webhooks/" + text, "{}")),
            new Kind("query", text -> request("POST", "/webhooks/default?" + text + "=1", "{}")),
            new Kind(
                    "wrong signature",
                    text -> request("POST", "/webhooks/default", "{\"id\":\"" + text + "\"}")
                            .header("X-Webhook-Signature", "sha256=" + text)
                            .header("X-Webhook-Event-Id", text)),
            new Kind("no JSON", text -> signed("{\"id\":\"" + text)),
            new Kind("a key twice", text -> signed("{\"" + text + "\":1,\"" + text + "\":2}")),
            // Accepted, and so in the database; but nowhere else.
            new Kind(
                    "event type",
                    text -> signed(
                            "{\"id\":\"" + UUID.randomUUID() + "\",\"type\":\"a.b." + text.substring(0, 200) + "\"}")),
            new Kind(
                    "headers",
                    text -> request("POST", "/webhooks/default", "{}")
                            .header("X-" + text.substring(0, 60), text)
                            .header("Content-Type", "application/x-" + text)
                            .header("Accept-Language", "x-" + text)
                            .header("X-Forwarded-For", text)
                            .header("Cookie", "JSESSIONID=" + text)),
            new Kind(
                    "certificate",
                    text -> request("POST", "/webhooks/paypal", "{}")
                            .header("PAYPAL-TRANSMISSION-ID", text)
                            .header("PAYPAL-TRANSMISSION-TIME", "2026-11-25T12:00:00Z")
                            .header("PAYPAL-AUTH-ALGO", "SHA256withRSA")
                            .header("PAYPAL-TRANSMISSION-SIG", "AAAA")
                            .header("PAYPAL-CERT-URL", "https://paypal.invalid/" + text)),
            new Kind(
                    "handshake",
                    text -> request("GET", "/webhooks/meta?hub.mode=subscribe&hub.verify_token=" + text, "")),
            new Kind("token", text -> request("GET", "/api/v1/app", "").header("Authorization", "Bearer " + text)),
            new Kind("application", text -> managed("POST", "/api/v1/app/" + text + "/msg", "{\"" + text + "\":1}")),
            new Kind(
                    "source of an operation",
                    text -> managed("PATCH", "/ingest/api/v1/source/" + text, "{\"uid\":\"" + text + "\"}")),
            new Kind("filter", text -> managed("GET", "/webhooks/events?source=" + text + "&before=evt_" + text, "")),
            // Not of the whole server: where a path leads to no application's, it is the server that may remember it.
            new Kind("path", text -> request("GET", "/api/v1/" + text, "")));

    private final ServerProcess server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);

    Flood(ServerProcess server) {
        this.server = server;
    }

    /** @param request with a text in it */
    private record Kind(String name, Function<String, Request> request) {}

    private record Request(String path, HttpRequest.Builder builder) {

        Request header(String name, String value) {
            builder.header(name, value);
            return this;
        }
    }

    private static Request request(String method, String path, String body) {
        return new Request(path, HttpRequest.newBuilder().method(method, BodyPublishers.ofString(body)));
    }

    private static Request signed(String body) {
        return request("POST", "/webhooks/default", body)
                .header("X-Webhook-Signature", PlainSignature.sign(Gateway.SECRET, body.getBytes(UTF_8)));
    }

    private static Request managed(String method, String path, String body) {
        return request(method, path, body).header("Authorization", "Bearer " + Cluster.TOKEN);
    }

    /** Sends so many of each kind, their texts with a mark, and waits for the answers; none may break the contract. */
    void marked(int count) {
        send(count, Traces::mark);
    }

    /** The same without marks. */
    void unmarked(int count) {
        send(count, (kind, number) -> "");
    }

    private void send(int count, BiFunction<Integer, Integer, String> marks) {
        List<Future<?>> sent = IntStream.range(0, count * KINDS.size())
                .<Future<?>>mapToObj(i -> senders.submit(() -> {
                    int kind = i % KINDS.size();
                    send(KINDS.get(kind), text(marks.apply(kind, i)));
                }))
                .toList();
        for (Future<?> answer : sent) {
            try {
                answer.get();
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private void send(Kind kind, String text) {
        Request request = kind.request().apply(text);
        try {
            URI uri = URI.create(server.url() + request.path());
            HttpResponse<String> answer = http.send(request.builder().uri(uri).build(), BodyHandlers.ofString());
            Gateway.violation(answer).ifPresent(violation -> {
                throw new AssertionError(kind.name() + " -> " + violation);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(String beginning) {
        StringBuilder text = new StringBuilder(beginning);
        while (text.length() < LENGTH) {
            text.append(UUID.randomUUID());
        }
        return text.toString();
    }

    static String kind(int number) {
        return KINDS.get(number).name();
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }
}
