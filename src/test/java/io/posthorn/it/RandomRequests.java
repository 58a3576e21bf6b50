package io.posthorn.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Requests made up of what stands in real ones, in places where it may not belong; the same ones for the same seed. */
final class RandomRequests {

    private static final List<String> OPERATIONS =
            Stream.concat(Requests.OPERATIONS.stream(), Requests.LISTS.stream()).toList();

    private static final List<String> HEADERS = List.of(
            "Accept",
            "Accept-Encoding",
            "Content-Type",
            "Content-Encoding",
            "Forwarded",
            "X-Forwarded-For",
            "Cookie",
            "If-None-Match",
            "Range",
            "idempotency-key",
            "X-Webhook-Signature",
            "X-GitHub-Event",
            "Stripe-Signature",
            "webhook-signature",
            "X-Twilio-Signature",
            "X-Odd");

    private static final List<String> FRAGMENTS = List.of(
            "a",
            "0",
            "-1",
            "x".repeat(300),
            "%00",
            "%",
            "%ff",
            "%E2%82%AC",
            "\u00ff",
            "/",
            "//",
            ";",
            "=",
            "&",
            ",",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ":",
            "\\",
            "\\u0000",
            "\\ud800",
            "null",
            "1e999",
            "application/json",
            "*/*",
            "q=1",
            "text/",
            "2026-11-25T12:00:00Z",
            "app_",
            "msg_",
            "evt_1",
            "{\"name\":",
            "{\"id\":\"",
            "\"}",
            "[[[[",
            "}}}}",
            "<",
            ">",
            "'",
            "*",
            ".",
            "..",
            "~",
            "|",
            "^",
            "`",
            "+",
            "@",
            "$",
            "?",
            "!");

    private final Random random;
    private final String token;
    private final UnaryOperator<String> naming;

    /** @param naming fills in the names of entities that are there */
    RandomRequests(long seed, String token, UnaryOperator<String> naming) {
        random = new Random(seed);
        this.token = token;
        this.naming = naming;
    }

    byte[] next() {
        String operation = naming.apply(one(OPERATIONS).replace("{x}", random.nextInt(3) == 0 ? "x" : url(3)));
        String query = random.nextBoolean() ? "" : "?" + one(Requests.PARAMETERS) + "=" + url(3);
        String[] parts = (operation + query).split(" ", 2);
        List<String> headers = new ArrayList<>();
        if (random.nextInt(5) > 0) {
            headers.add("Authorization: Bearer " + token);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.add(one(HEADERS) + ": " + text(4));
        }
        byte[] body = parts[0].equals("GET") ? new byte[0] : body();
        return Wire.request(parts[0], parts[1], headers, body);
    }

    private byte[] body() {
        if (random.nextInt(4) == 0) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            return bytes;
        }
        List<String> bodies =
                Requests.TEXTS.values().stream().flatMap(List::stream).sorted().toList();
        String text = random.nextBoolean() ? text(12) : one(bodies).replace("{text}", text(2));
        return naming.apply(text).getBytes(ISO_8859_1);
    }

    /** Without what would end the path or the line. */
    private String url(int max) {
        return text(max).replace("?", "").replace(" ", "");
    }

    private String text(int max) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            text.append(one(FRAGMENTS));
        }
        return text.toString();
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
