package io.posthorn.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Accepted webhooks per second, against the requests per second of a resource that does nothing. */
final class Receiving {

    private static final String TEXT = "x".repeat(900);

    private final Installation installation;
    private final LoadGenerator load;

    Receiving(Installation installation, int connections) {
        this.installation = installation;
        this.load = new LoadGenerator(installation.port(), connections);
    }

    double nothing(Duration duration) {
        return load.perSecond(duration, () -> signed("/bench/nothing"));
    }

    /** @throws IllegalStateException if an accepted webhook is not in the database */
    double webhooks(Duration duration) {
        long before = stored();
        long started = System.nanoTime();
        double rate = load.perSecond(duration, () -> signed("/webhooks"));
        double took = (System.nanoTime() - started) / 1e9;
        if (stored() - before < (long) (rate * took * 0.99)) {
            throw new IllegalStateException("Fewer events are stored than were accepted");
        }
        return rate;
    }

    private long stored() {
        return installation.database.number("SELECT count(*) FROM posthorn_inbox_event");
    }

    private static byte[] signed(String path) {
        String body = "{\"id\":\"" + UUID.randomUUID() + "\",\"type\":\"bench\",\"text\":\"" + TEXT + "\"}";
        return LoadGenerator.post(path, "X-Webhook-Signature: sha256=" + hmac(body) + "\r\n", body);
    }

    private static String hmac(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Installation.SECRET.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
