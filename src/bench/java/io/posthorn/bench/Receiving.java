package io.posthorn.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Accepted webhooks per second, against the requests per second of a resource that does nothing. */
final class Receiving implements Measurement {

    private static final int CONNECTIONS = 32;
    private static final String NOTHING = "requests/s of a resource that does nothing";
    private static final String ACCEPTED = "webhooks/s accepted";
    private static final String TEXT = "x".repeat(900);

    private final Installation installation;
    private final Duration duration;
    private final LoadGenerator load;

    Receiving(Installation installation, Duration duration) {
        this.installation = installation;
        this.duration = duration;
        this.load = new LoadGenerator(installation.port(), CONNECTIONS);
    }

    @Override
    public String name() {
        return "receiving";
    }

    @Override
    public void measure(Figures into) {
        send("/bench/nothing", NOTHING, "a request that does nothing", into);
        long before = stored();
        long accepted = send("/webhooks", ACCEPTED, "a webhook", into);
        if (stored() - before < accepted) {
            throw new IllegalStateException("Fewer events are stored than were accepted");
        }
        awaitDispatched();
    }

    @Override
    public void addRatios(Figures figures) {
        figures.ratio(name(), ACCEPTED, NOTHING);
    }

    /** @return how many were accepted */
    private long send(String path, String figure, String each, Figures into) {
        CpuTime before = CpuTime.now(installation);
        LoadGenerator.Accepted accepted = load.send(duration, () -> signed(path));
        into.add(figure, accepted.perSecond());
        CpuTime.now(installation).since(before).addTo(into, each, accepted.count());
        return accepted.count();
    }

    /** What is still to be dispatched is not what is measured next. */
    private void awaitDispatched() {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> installation.database.number(
                                "SELECT count(*) FROM posthorn_inbox_event WHERE due_at IS NOT NULL")
                        == 0);
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
