package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.signature.PlainSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Sends malformed requests, about entities of its own, and at its end holds the server to its promise: none of them failed,
 * none hung, no answer broke the contract, and all goes on.
 */
final class Probe implements AutoCloseable {

    private static final String NAME = "u" + UUID.randomUUID();

    private final ServerProcess server;
    private final Gateway gateway;
    private final Wire wire;
    private final String authorization;
    private final List<String> findings = new ArrayList<>();
    private final long failuresBefore;

    Probe(ServerProcess server, Gateway gateway) {
        this.server = server;
        this.gateway = gateway;
        wire = new Wire(server.url());
        authorization = "Authorization: Bearer " + server.generatedToken();
        failuresBefore = failuresInTheLog();
        gateway.manage("PUT", "/api/v1/app/" + NAME, "{\"name\":\"a\",\"uid\":\"" + NAME + "\"}");
        gateway.manage(
                "PUT",
                "/api/v1/app/" + NAME + "/endpoint/" + NAME,
                "{\"url\":\"http://localhost:1/\",\"disabled\":true,\"uid\":\"" + NAME + "\"}");
        gateway.manage(
                "PUT",
                "/ingest/api/v1/source/" + NAME,
                "{\"name\":\"shop\",\"type\":\"generic\",\"config\":{\"secret\":\"s\"},\"uid\":\"" + NAME + "\"}");
    }

    /** The uid of its application. */
    String app() {
        return NAME;
    }

    /** The uid of its source. */
    String source() {
        return NAME;
    }

    Wire wire() {
        return wire;
    }

    /** @param operation a method and a path, with placeholders for the probe's own entities */
    String named(String operation) {
        return operation
                .replace("{app}", NAME)
                .replace("{endpoint}", NAME)
                .replace("{source}", NAME)
                .replace("{x}", "x");
    }

    void request(String operation, List<String> headers, String body) {
        String sent = named(operation);
        checkAnswered(
                sent + " " + headers + " " + body,
                send(sent, headers, named(body).getBytes(UTF_8)));
    }

    void expect(int status, String operation, List<String> headers, String body) {
        String sent = named(operation);
        Wire.Answer answer = send(sent, headers, body.getBytes(UTF_8));
        if (answer.status() != status) {
            find(sent + " " + headers + " " + body, answer);
        }
    }

    /** A webhook with a genuine signature. */
    void webhook(String source, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        checkAnswered("webhook of " + source + " " + body, send("POST /webhooks/" + source, signatures(bytes), bytes));
    }

    /** A webhook that is nothing special but for these headers. */
    void expectReceived(List<String> headers) {
        String body = "{\"id\":\"" + UUID.randomUUID() + "\"}";
        List<String> all = new ArrayList<>(signatures(body.getBytes(UTF_8)));
        all.addAll(headers);
        expect(200, "POST /webhooks/default", all, body);
    }

    private void checkAnswered(String what, Wire.Answer answer) {
        if (answer.status() == 0) {
            find(what, answer);
        }
        check(what, answer);
    }

    /** For what is no whole request, which a server may as well leave without an answer. */
    void check(String what, Wire.Answer answer) {
        if (answer.isHang() || answer.isServerError()) {
            find(what, answer);
        }
    }

    boolean isFine() {
        return findings.isEmpty();
    }

    private void find(String what, Wire.Answer answer) {
        String shown = what.length() > 300 ? what.substring(0, 300) + "…" : what;
        findings.add(shown + " -> " + answer.status() + " " + answer.text());
    }

    private Wire.Answer send(String operation, List<String> headers, byte[] body) {
        String[] parts = operation.split(" ", 2);
        List<String> all = new ArrayList<>(headers);
        if (headers.stream().noneMatch(header -> header.startsWith("Authorization:"))) {
            all.add(authorization);
        }
        Wire.Answer answer = wire.send(parts[0], parts[1], all, body);
        answer.json()
                .flatMap(json ->
                        SvixContract.violationOfAny(parts[0], parts[1], answer.status(), SvixContract.JSON, json))
                .ifPresent(findings::add);
        return answer;
    }

    /** Those of all sources, so that a body goes past the verification of each. */
    private static List<String> signatures(byte[] body) {
        String hex = PlainSignature.sign(InboundStories.KEY, body);
        return List.of(
                "X-Webhook-Signature: " + PlainSignature.sign(Gateway.SECRET, body),
                "X-Hub-Signature-256: " + hex,
                "Linear-Signature: " + hex.substring("sha256=".length()));
    }

    private long failuresInTheLog() {
        return server.log().stream()
                .filter(line -> line.contains("management API failed") || line.contains("a webhook failed"))
                .count();
    }

    @Override
    public void close() {
        assertThat(findings).isEmpty();
        assertThat(failuresInTheLog()).isEqualTo(failuresBefore);
        expectReceived(List.of());
        expect(200, "GET /api/v1/app?limit=1", List.of(), "");
        assertThat(findings).isEmpty();
    }
}
