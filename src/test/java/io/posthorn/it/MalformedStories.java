package io.posthorn.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.signature.PlainSignature;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is sent, the answer is the sender's error and comes at once, and the server goes on. */
abstract class MalformedStories extends SourceStories {

    static Map<String, String> sources() {
        Map<String, String> settings = new HashMap<>();
        for (String type : List.of("linear", "mailgun", "paypal", "stripe", "twilio")) {
            settings.put("posthorn.sources." + type + ".type", type);
            settings.put("posthorn.sources." + type + ".secret", InboundStories.KEY);
        }
        return settings;
    }

    @Test
    void aPathThatIsNoneLeadsNowhere() {
        try (Probe probe = new Probe(server, gateway)) {
            for (String operation : Requests.OPERATIONS) {
                for (String segment : List.of("%00", "[", "%ff", "%", ";a=b", "x".repeat(4_000))) {
                    probe.request(operation.replace("{x}", segment), List.of(), "{}");
                }
            }
            for (String segment : List.of(
                    "a%00b",
                    "%zz",
                    "%2",
                    "%C3%28",
                    "%ED%A0%80",
                    "%C0%80",
                    "]",
                    "{",
                    "|",
                    "^",
                    "\"",
                    "<",
                    "\\",
                    "%5c",
                    "%0d%0a",
                    "..%2f",
                    "%2e%2e",
                    "%u0000",
                    "%7F",
                    "\u00ff",
                    "a:b",
                    "*",
                    "//")) {
                probe.request("GET /api/v1/app/" + segment, List.of(), "");
                probe.request("DELETE /ingest/api/v1/source/" + segment, List.of(), "");
                probe.request("POST /webhooks/" + segment, List.of(), "{}");
                probe.request("GET /" + segment, List.of(), "");
            }
        }
    }

    @Test
    void aQueryThatCannotBeReadIsRefused() {
        try (Probe probe = new Probe(server, gateway)) {
            for (String operation : Requests.LISTS) {
                for (String name : Requests.PARAMETERS) {
                    probe.request(operation + "?" + name + "=app_%00", List.of(), "");
                    probe.request(operation + "?" + name + "=%zz", List.of(), "");
                }
                for (String iterator :
                        List.of("msg_%00", "ep_%00", "-ep_%00", "atmpt_%00", "tok_%00", "qtask_%00", "src_%00")) {
                    probe.request(operation + "?iterator=" + iterator, List.of(), "");
                }
                for (String query : List.of(
                        "&",
                        "=",
                        "%",
                        "%=%",
                        "a&a&a=&=b",
                        "?",
                        "[",
                        "{",
                        "\u00ff=%ff",
                        "%ED%A0%80",
                        "a".repeat(4_000),
                        "a=1&".repeat(900))) {
                    probe.request(operation + "?" + query, List.of(), "");
                }
            }
        }
    }

    @Test
    void aTimeThatCannotBeStoredIsRefused() {
        try (Probe probe = new Probe(server, gateway)) {
            List<String> times = List.of(
                    "+999999999-12-31T23:59:59Z",
                    "-999999999-01-01T00:00:00Z",
                    "+294277-01-01T00:00:00Z",
                    "0000-01-01T00:00:00Z",
                    "0001-01-01T00:00:00+18:00",
                    "0001-01-01T00:00:00Z",
                    "9999-12-31T23:59:59.999999999-18:00");
            for (String time : times) {
                for (String operation : Requests.LISTS) {
                    for (String name : List.of("before", "after", "since", "until")) {
                        probe.request(operation + "?" + name + "=" + time.replace("+", "%2B"), List.of(), "");
                    }
                }
                for (String operation : Requests.REPLAYS) {
                    probe.request(
                            operation, List.of(), "{\"since\":\"" + time + "\",\"createdBefore\":\"" + time + "\"}");
                    probe.request(
                            operation, List.of(), "{\"since\":\"2026-11-25T12:00:00Z\",\"until\":\"" + time + "\"}");
                }
                probe.webhook("default", "{\"id\":\"" + uid() + "\",\"timestamp\":\"" + time + "\"}");
            }
        }
    }

    @Test
    void textThatCannotBeStoredIsRefused() {
        try (Probe probe = new Probe(server, gateway)) {
            for (String text : List.of("\\u0000", "a\\u0000b", "\\ud800", "\\udc00x")) {
                Requests.TEXTS.forEach((operation, bodies) ->
                        bodies.forEach(body -> probe.request(operation, List.of(), body.replace("{text}", text))));
                probe.webhook("default", "{\"id\":\"" + text + "\",\"type\":\"a\"}");
                probe.webhook(
                        "default", "{\"id\":\"" + uid() + "\",\"type\":\"" + text + "\",\"data\":\"" + text + "\"}");
            }
        }
    }

    @Test
    void jsonThatIsNestedTooDeepIsRefused() {
        try (Probe probe = new Probe(server, gateway)) {
            List<String> bodies = Stream.of(100, 480, 700, 1_100, 10_000)
                    .flatMap(depth -> Stream.of(
                            "[".repeat(depth),
                            "[".repeat(depth) + "]".repeat(depth),
                            "{\"a\":".repeat(depth) + "1" + "}".repeat(depth)))
                    .toList();
            for (String body : bodies) {
                Requests.SOURCES.forEach(name -> probe.webhook(name, body));
                Requests.OPERATIONS.stream()
                        .filter(operation -> operation.startsWith("P"))
                        .forEach(operation -> probe.request(operation, List.of(), body));
                probe.request(
                        "POST /api/v1/app/" + probe.app() + "/msg",
                        List.of(),
                        "{\"eventType\":\"a\",\"payload\":" + body + "}");
                probe.request(
                        "PUT /api/v1/event-type/" + uid(),
                        List.of(),
                        "{\"description\":\"d\",\"schemas\":{\"1\":{\"not\":" + body + "}}}");
                probe.request(
                        "PUT /ingest/api/v1/source/" + probe.source(),
                        List.of(),
                        "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"schema\":{\"not\":" + body
                                + "}}}");
            }
        }
    }

    @Test
    void numbersAndShapesThatNobodyExpectsAreRefused() {
        try (Probe probe = new Probe(server, gateway)) {
            for (String value : List.of(
                    "1e999999999",
                    "1e-999999999",
                    "1e2147483647",
                    "9".repeat(5_000),
                    "-1",
                    "null",
                    "true",
                    "[]",
                    "[null]",
                    "{}",
                    "{\"a\":[]}",
                    "\"" + "x".repeat(50_000) + "\"")) {
                for (String name : List.of("default", "linear", "mailgun", "adyen-payments", "ms-graph")) {
                    Requests.MEMBERS.forEach(member -> probe.webhook(name, "{\"" + member + "\":" + value + "}"));
                }
                Requests.TEXTS.forEach((operation, bodies) ->
                        bodies.forEach(body -> probe.request(operation, List.of(), body.replace("\"{text}\"", value))));
            }
        }
    }

    @Test
    void headersThatNothingDependsOnAreNotParsed() {
        try (Probe probe = new Probe(server, gateway)) {
            List<String> values = List.of(
                    "",
                    "*",
                    "/",
                    "*/json",
                    "text/html",
                    "application/json;q=x",
                    "application/json;q=2",
                    "*;q=0",
                    ";",
                    "a/b;c=\"",
                    "text/plain;charset=nope",
                    "multipart/form-data",
                    "multipart/form-data; boundary=",
                    "application/x-www-form-urlencoded",
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    ",,,",
                    "de-;q=",
                    "a".repeat(4_000));
            for (String name :
                    List.of("Accept", "Accept-Charset", "Accept-Language", "Content-Language", "Content-Type")) {
                for (String value : values) {
                    List<String> headers = List.of(name + ": " + value);
                    probe.expect(200, "GET /api/v1/app?limit=1", headers, "");
                    probe.expect(200, "PATCH /api/v1/app/" + probe.app(), headers, "{\"name\":\"b\"}");
                    probe.expect(200, "PATCH /ingest/api/v1/source/" + probe.source(), headers, "{\"name\":\"ab\"}");
                    probe.expect(200, "GET /webhooks/events?limit=1", headers, "");
                    probe.expect(200, "GET /webhooks/twitter?crc_token=a", headers, "");
                    probe.expectReceived(headers);
                }
            }
        }
    }

    /** Nothing here sets one; before anything of ours is asked, WildFly would look for a session among them. */
    @Test
    void cookiesAreNotParsed() {
        try (Probe probe = new Probe(server, gateway)) {
            String many = IntStream.range(0, 400).mapToObj(i -> "c" + i + "=1").collect(Collectors.joining("; "));
            for (String value :
                    List.of("a=b; JSESSIONID=c.d", "$Version=x; a=b", "$Version=99999999999", "=;;=", many)) {
                List<String> headers = List.of("Cookie: " + value);
                probe.expect(200, "GET /api/v1/app?limit=1", headers, "");
                probe.expect(200, "PATCH /ingest/api/v1/source/" + probe.source(), headers, "{\"name\":\"ab\"}");
                probe.expect(200, "GET /webhooks/events?limit=1", headers, "");
                probe.expect(200, "GET /openapi", headers, "");
                probe.expect(200, "GET /health", headers, "");
                probe.expectReceived(headers);
            }
            for (String value : List.of(":=\u00ff", "a=\u0001", "a=\u007f; b=c", "a=\"\u00ff\"")) {
                List<String> headers = List.of("Cookie: " + value);
                for (String path :
                        List.of("/api/v1/app", "/ingest/api/v1/source", "/webhooks/events", "/openapi", "/health")) {
                    probe.request("GET " + path, headers, "");
                }
                probe.request("POST /webhooks/default", headers, "{}");
            }
        }
    }

    @Test
    void aHeaderIsKeptAsItCameAllTheSame() {
        try (Probe probe = new Probe(server, gateway)) {
            String body = "{\"id\":\"" + uid() + "\"}";
            byte[] bytes = body.getBytes(UTF_8);

            Wire.Answer answer = probe.wire()
                    .send(
                            "POST",
                            "/webhooks/default",
                            List.of(
                                    "Content-Type: application/json;q=x",
                                    "Accept: nothing",
                                    "X-Webhook-Signature: " + PlainSignature.sign(Gateway.SECRET, bytes)),
                            bytes);

            String id = answer.text().replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
            JsonObject event = Gateway.json(gateway.manage("GET", "/ingest/api/v1/source/default/event/" + id, ""));
            assertThat(event.getJsonObject("headers").toString().toLowerCase(Locale.ROOT))
                    .contains("\"content-type\":[\"application/json;q=x\"]", "\"accept\":[\"nothing\"]");
        }
    }

    @Test
    void headersOfProxiesConnectionsAndCredentialsAreTakenOrRefused() {
        try (Probe probe = new Probe(server, gateway)) {
            List<String> values = List.of(
                    "",
                    "\u00ff",
                    "for=x",
                    "for=\"[::1\"",
                    "dead.beef",
                    "1.2.3",
                    "::1::2",
                    "a".repeat(4_000),
                    ",,,",
                    "Bearer",
                    "Bearer ",
                    "Bearer a.b.c",
                    "Bearer eyJhbGciOiJub25lIn0.e30.",
                    "Basic !",
                    "gzip",
                    "h2c",
                    "$Version=1; a=\"",
                    "bytes=-",
                    "Thu, 99 Foo",
                    "%00",
                    "PATCH",
                    "-1");
            for (String name : List.of(
                    "X-Forwarded-For",
                    "Forwarded",
                    "X-Forwarded-Host",
                    "X-Forwarded-Proto",
                    "X-Forwarded-Port",
                    "Authorization",
                    "Cookie",
                    "idempotency-key",
                    "Origin",
                    "Access-Control-Request-Headers",
                    "Range",
                    "If-Modified-Since",
                    "Content-Encoding",
                    "Accept-Encoding",
                    "X-HTTP-Method-Override",
                    "Upgrade",
                    "TE",
                    "Via",
                    "traceparent",
                    "X-Webhook-Signature",
                    "webhook-id",
                    "X-GitHub-Event")) {
                for (String value : values) {
                    List<String> headers = List.of(name + ": " + value);
                    probe.request("POST /api/v1/app", headers, "{\"name\":\"\"}");
                    probe.request("POST /webhooks/default", headers, "{}");
                }
            }
        }
    }

    @Test
    void aBodyThatEndsEarlyIsRefused() {
        try (Probe probe = new Probe(server, gateway)) {
            for (String operation :
                    List.of("POST /webhooks/default", "POST /api/v1/app", "PATCH /api/v1/app/" + probe.app())) {
                String start = operation + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + server.generatedToken() + "\r\n";
                for (String rest : List.of(
                        "Content-Length: 100\r\n\r\n{}",
                        "Content-Length: 100\r\n\r\n",
                        "Content-Length: -1\r\n\r\n{}",
                        "Content-Length: x\r\n\r\n{}",
                        "Content-Length: 99999999999999999999\r\n\r\n{}",
                        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
                        "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n7FFFFFFF\r\n{}",
                        "Transfer-Encoding: chunked\r\n\r\n10\r\n{}",
                        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}x0\r\n\r\n",
                        "Transfer-Encoding: gzip\r\n\r\n{}",
                        "X: ")) {
                    probe.check(operation + " " + rest, probe.wire().sendAndEnd((start + rest).getBytes(ISO_8859_1)));
                }
            }
        }
    }

    @Test
    void whatIsHardlyHttpIsRefused() {
        try (Probe probe = new Probe(server, gateway)) {
            for (String request : List.of(
                    "GET /webhooks\r\n\r\n",
                    "GET /webhooks \r\nHost: a\r\n\r\n",
                    "POST /webhooks HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}",
                    "GET http://[/api/v1/app HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET http://other/webhooks/events HTTP/1.1\r\nHost: a\r\n\r\n",
                    "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                    "BREW /api/v1/app HTTP/1.1\r\nHost: a\r\n\r\n",
                    "OPTIONS /webhooks/default HTTP/1.1\r\nHost: a\r\n\r\n",
                    "TRACE /webhooks/default HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /api/v1/application.wadl HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /api/v1/\0 HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /api/v1/app HTTP/1.1\r\nHost: a\r\nX\r\n\r\n",
                    "GET /api/v1/app HTTP/1.1\r\nHost : a\r\n\r\n",
                    "GET /api/v1/app HTTP/1.1\r\nHost: [::1\r\n\r\n",
                    "GET /api/v1/app HTTP/1.1\r\nHost: a b\r\n\r\n",
                    "GET /api/v1/app HTTP/1.1\r\nHost: a\r\n" + "X: 1\r\n".repeat(3_000) + "\r\n",
                    "GET /api/v1/app HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(200_000) + "\r\n\r\n",
                    "GET /api/v1/app/" + "a".repeat(200_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                    "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + "\0".repeat(50))) {
                probe.check(
                        request.substring(0, Math.min(80, request.length())),
                        probe.wire().sendAndEnd(request.getBytes(ISO_8859_1)));
            }
        }
    }

    /** As with a header {@code Upgrade}, for which Payara would wait until the connection ends. */
    @Test
    void whoeverOffersAnotherProtocolIsAnsweredInThisOne() {
        try (Probe probe = new Probe(server, gateway)) {
            for (String protocol : List.of("h2c", "websocket", "")) {
                List<String> headers = List.of("Connection: Upgrade", "Upgrade: " + protocol);
                probe.expectReceived(headers);
                probe.expect(200, "PATCH /api/v1/app/" + probe.app(), headers, "{\"name\":\"b\"}");
            }
        }
    }

    @Test
    void whateverIsMadeUpIsAnswered() {
        try (Probe probe = new Probe(server, gateway)) {
            long seed = Long.getLong("it.seed", System.nanoTime());
            RandomRequests requests = new RandomRequests(seed, server.generatedToken(), probe::named);
            long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
            for (int i = 0; i < 1_000 && System.nanoTime() < end && probe.isFine(); i++) {
                byte[] request = requests.next();
                probe.check(
                        "-Dit.seed=" + seed + " " + i + ": " + new String(request, ISO_8859_1),
                        probe.wire().send(request));
            }
        }
    }
}
