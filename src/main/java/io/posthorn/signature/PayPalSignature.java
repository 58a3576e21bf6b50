package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * PayPal's scheme: SHA256withRSA in base64 over an id, a time, the webhook's own id and the body's CRC-32; the key is that
 * of a certificate which the request names.
 *
 * @see <a href="https://developer.paypal.com/api/rest/webhooks/rest/">PayPal, "Integrate webhooks"</a>
 */
public final class PayPalSignature implements SignatureVerifier {

    private static final String ALGORITHM = "SHA256withRSA";

    private final List<String> webhookIds;
    private final Function<String, Optional<PublicKey>> keys;

    /**
     * @param webhookIds as PayPal gave them, at least one
     * @param keys the key of a certificate by its URL; empty if the certificate is not to be trusted
     * @throws UnusableSecretException if there is none, or one is blank
     */
    public PayPalSignature(List<String> webhookIds, Function<String, Optional<PublicKey>> keys) {
        if (webhookIds.isEmpty() || webhookIds.stream().anyMatch(String::isBlank)) {
            throw new UnusableSecretException("the id of the webhook");
        }
        this.webhookIds = List.copyOf(webhookIds);
        this.keys = keys;
    }

    @Override
    public boolean verify(WebhookRequest request, Instant now) {
        RequestHeaders headers = request.headers();
        Optional<String> id = headers.first("PAYPAL-TRANSMISSION-ID");
        Optional<String> time = headers.first("PAYPAL-TRANSMISSION-TIME");
        Optional<byte[]> signature = headers.first("PAYPAL-TRANSMISSION-SIG").flatMap(SignatureEncoding.BASE64::decode);
        boolean known = headers.first("PAYPAL-AUTH-ALGO")
                .filter(ALGORITHM::equalsIgnoreCase)
                .isPresent();
        if (id.isEmpty() || time.isEmpty() || signature.isEmpty() || !known) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(request.body());
        return headers.first("PAYPAL-CERT-URL")
                .flatMap(keys)
                .filter(key -> webhookIds.stream()
                        .map(webhook -> id.get() + "|" + time.get() + "|" + webhook + "|" + crc.getValue())
                        .anyMatch(content -> isGenuine(key, content, signature.get())))
                .isPresent();
    }

    private static boolean isGenuine(PublicKey key, String content, byte[] given) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(content.getBytes(UTF_8));
            return signature.verify(given);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
