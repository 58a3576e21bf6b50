package io.posthorn.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.SourceSettings;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The senders that src/docs/inbound.md declares are received, and what it does not mention is no key of a scheme. */
class InboundDocumentTest {

    private static final Pattern CONFIGURATION = Pattern.compile("```properties\\R(.*?)```", Pattern.DOTALL);
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String SECONDS = Long.toString(NOW.getEpochSecond());
    private static final String MILLIS = Long.toString(NOW.toEpochMilli());
    private static final String BODY = "{\"transfer\":{\"number\":7}}";

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "the-one-before"})
    void acmeIsReceivedWithEitherSecret(String secret) throws Exception {
        String signature = base64(mac("HmacSHA512", secret.getBytes(UTF_8), SECONDS + "." + BODY));

        assertReceived("acme", Map.of("X-Acme-Time", SECONDS, "X-Acme-Signature", "sha512=" + signature), 300);
    }

    @Test
    void theBankIsReceived() throws Exception {
        byte[] signature = mac(
                "HmacSHA256", "badger".getBytes(UTF_8), "https://shop.example/webhooks/bank|" + MILLIS + "|" + BODY);
        String header = "at=" + MILLIS + ";sig=00;sig=" + HexFormat.of().formatHex(signature);

        assertReceived("bank", Map.of("Bank-Signature", header), 60);
        assertThat(verifies("bank", Map.of("Bank-Signature", header), NOW.minusSeconds(86_400)))
                .isTrue();
        assertThat(source("bank").fields().idPointers()).containsExactly("/transfer/number");
        assertThat(source("bank").fields().timePointers()).containsExactly("/transfer/booked");
        assertThat(source("bank").fields().typeHeaders()).containsExactly("Bank-Event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Relay-", "X-Relay-"})
    void theRelayIsReceivedUnderItsOldAndItsNewNames(String prefix) throws Exception {
        String signature =
                base64(mac("HmacSHA256", "posthorn-in-the-docs".getBytes(UTF_8), "msg-1." + SECONDS + "." + BODY));

        assertReceived(
                "relay",
                Map.of(
                        prefix + "Id",
                        "msg-1",
                        prefix + "Time",
                        SECONDS,
                        prefix + "Signature",
                        "v2,AAAA v1," + signature),
                300);
    }

    @Test
    void everyKeyOfASchemeIsInTheTable() throws Exception {
        List<String> ofEverySource = List.of(
                "type",
                "verify-token",
                "allowed-ips",
                "rate-limit",
                "schema",
                "event-types",
                "max-body-size",
                "content-types",
                "forward-to",
                "forward-headers",
                "order");

        String rows = section().lines().filter(line -> line.startsWith("| `.")).reduce("", String::concat);

        assertThat(SourceSettings.KEYS)
                .filteredOn(key -> !ofEverySource.contains(key))
                .allSatisfy(key -> assertThat(rows).contains("`." + key + "`"));
    }

    /** @param tolerance in seconds, after which the same request is refused */
    private static void assertReceived(String source, Map<String, String> headers, int tolerance) throws Exception {
        assertThat(verifies(source, headers, NOW.plusSeconds(tolerance))).isTrue();
        assertThat(verifies(source, headers, NOW.plusSeconds(tolerance + 1))).isFalse();
        for (String name : headers.keySet()) {
            Map<String, String> fewer = new TreeMap<>(headers);
            fewer.remove(name);
            assertThat(verifies(source, fewer, NOW)).as("without " + name).isFalse();
        }
    }

    private static boolean verifies(String name, Map<String, String> headers, Instant now) throws IOException {
        Source source = source(name);
        return source.verifier()
                .verify(
                        new WebhookRequest(
                                RequestHeaders.ofSingleValues(headers),
                                BODY.getBytes(UTF_8),
                                source.url().orElse("")),
                        now);
    }

    private static Source source(String name) throws IOException {
        Properties all = new Properties();
        Matcher blocks = CONFIGURATION.matcher(section());
        while (blocks.find()) {
            all.load(new StringReader(blocks.group(1)));
        }
        String start = "posthorn.sources." + name + ".";
        Map<String, String> settings = new TreeMap<>();
        all.stringPropertyNames().stream()
                .filter(property -> property.startsWith(start))
                .forEach(property -> settings.put(property.substring(start.length()), all.getProperty(property)));
        assertThat(SourceSettings.KEYS).containsAll(settings.keySet());
        return SourceOf.settings(settings);
    }

    private static String section() throws IOException {
        String document = Files.readString(Path.of("src/docs/inbound.md"));
        return document.substring(document.indexOf("## A scheme of your own"));
    }

    private static byte[] mac(String algorithm, byte[] key, String content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(content.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
