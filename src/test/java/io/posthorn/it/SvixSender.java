package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A sender of a type that Svix's clients know, which signs as its own documentation says.
 *
 * @param config what a client says of the source, with ' for "
 */
record SvixSender(String type, String config, Signer signer) {

    private static final String KEY = "s3cret";
    private static final String WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SECRET = "{'secret':'s3cret'}";

    /** RFC 8032, section 7.1, TEST 2: the public key in base64. */
    private static final String ED25519 = "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";

    private static final String SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

    /**
     * A request.
     *
     * @param query with its question mark; empty for none
     */
    record Signed(Map<String, String> headers, String query) {}

    /** Signs a body for a URL at a time in seconds. */
    @FunctionalInterface
    interface Signer {
        Signed sign(String url, String body, String time);
    }

    Signed sign(String url, String body) {
        return signer.sign(url, body, Long.toString(Instant.now().getEpochSecond()));
    }

    /** Whether anybody may send to such a source, as only its token leads to it. */
    boolean isUnverified() {
        return type.equals("generic-webhook");
    }

    @Override
    public String toString() {
        return type;
    }

    static Stream<SvixSender> all() {
        return Stream.concat(sendingWithSvix(), others());
    }

    private static Stream<SvixSender> sendingWithSvix() {
        return Stream.of(
                        "svix beehiiv brex clerk guesty incident-io lithic nash pleo psi-fi resend safebase sardine stych"
                                .split(" "))
                .map(type -> new SvixSender(type, "{'secret':'" + WHSEC + "'}", standard("svix")));
    }

    private static Stream<SvixSender> others() {
        return Stream.of(
                new SvixSender("open-ai", "{'secret':'" + WHSEC + "'}", standard("webhook")),
                new SvixSender("render", "{'secret':'" + WHSEC + "'}", standard("webhook")),
                new SvixSender("replicate", "{'secret':'" + WHSEC + "'}", standard("webhook")),
                new SvixSender("generic-webhook", "{}", (url, body, time) -> new Signed(Map.of(), "")),
                ofBody("github", "X-Hub-Signature-256", body -> "sha256=" + hex(mac(body))),
                new SvixSender(
                        "meta",
                        "{'secret':'s3cret','verifyToken':'s3cret-2'}",
                        (url, body, time) -> new Signed(Map.of("X-Hub-Signature-256", "sha256=" + hex(mac(body))), "")),
                ofBody("shopify", "X-Shopify-Hmac-Sha256", body -> base64(mac(body))),
                ofBody("checkbook", "Signature", body -> "nonce=17,signature=" + hex(mac(body + "17"))),
                ofBody("docusign", "X-DocuSign-Signature-1", body -> base64(mac(body))),
                ofBody("easypost", "X-Hmac-Signature", body -> "hmac-sha256-hex=" + hex(mac(body))),
                ofBody("nango", "X-Nango-Hmac-Sha256", body -> hex(mac(body))),
                ofBody("openclaw", "Authorization", body -> "Bearer " + KEY),
                ofBody("rutter", "X-Rutter-Signature", body -> "sha256=" + base64(mac(body))),
                ofBody("segment", "X-Signature", body -> hex(mac("HmacSHA1", KEY.getBytes(UTF_8), body))),
                ofBody("vapi", "X-Vapi-Secret", body -> KEY),
                ofBody("veriff", "X-HMAC-SIGNATURE", body -> hex(mac(body))),
                new SvixSender(
                        "panda-doc", SECRET, (url, body, time) -> new Signed(Map.of(), "?signature=" + hex(mac(body)))),
                new SvixSender(
                        "hubspot",
                        SECRET,
                        (url, body, time) -> new Signed(
                                Map.of(
                                        "X-HubSpot-Request-Timestamp",
                                        time + "000",
                                        "X-HubSpot-Signature-v3",
                                        base64(mac("POST" + url + body + time + "000"))),
                                "")),
                new SvixSender(
                        "slack",
                        SECRET,
                        (url, body, time) -> new Signed(
                                Map.of(
                                        "X-Slack-Request-Timestamp",
                                        time,
                                        "X-Slack-Signature",
                                        "v0=" + hex(mac("v0:" + time + ":" + body))),
                                "")),
                new SvixSender(
                        "zoom",
                        SECRET,
                        (url, body, time) -> new Signed(
                                Map.of(
                                        "x-zm-request-timestamp",
                                        time,
                                        "x-zm-signature",
                                        "v0=" + hex(mac("v0:" + time + ":" + body))),
                                "")),
                new SvixSender(
                        "stripe",
                        SECRET,
                        (url, body, time) -> new Signed(
                                Map.of("Stripe-Signature", "t=" + time + ",v1=" + hex(mac(time + "." + body))), "")),
                new SvixSender(
                        "tailscale",
                        "{'secret':'s3cret','timestampGraceSeconds':60}",
                        (url, body, time) -> new Signed(
                                Map.of(
                                        "Tailscale-Webhook-Signature",
                                        "t=" + time + ",v1=" + hex(mac(time + "." + body))),
                                "")),
                new SvixSender(
                        "airwallex",
                        SECRET,
                        (url, body, time) -> new Signed(
                                Map.of("x-timestamp", time + "000", "x-signature", hex(mac(time + "000" + body))), "")),
                new SvixSender(
                        "port-io",
                        SECRET,
                        (url, body, time) -> new Signed(
                                Map.of(
                                        "x-port-timestamp",
                                        time,
                                        "x-port-signature",
                                        "v1," + base64(mac(time + "." + body))),
                                "")),
                new SvixSender(
                        "telnyx",
                        "{'publicKey':'" + ED25519 + "'}",
                        (url, body, time) -> new Signed(
                                Map.of(
                                        "telnyx-timestamp",
                                        time,
                                        "telnyx-signature-ed25519",
                                        base64(ed25519(time + "|" + body))),
                                "")));
    }

    private static SvixSender ofBody(String type, String header, UnaryOperator<String> signature) {
        return new SvixSender(type, SECRET, (url, body, time) -> new Signed(Map.of(header, signature.apply(body)), ""));
    }

    private static Signer standard(String prefix) {
        byte[] key = Base64.getDecoder().decode(WHSEC.substring("whsec_".length()));
        return (url, body, time) -> new Signed(
                Map.of(
                        prefix + "-id",
                        "msg_1",
                        prefix + "-timestamp",
                        time,
                        prefix + "-signature",
                        "v1," + base64(mac("HmacSHA256", key, "msg_1." + time + "." + body))),
                "");
    }

    private static byte[] mac(String content) {
        return mac("HmacSHA256", KEY.getBytes(UTF_8), content);
    }

    private static byte[] mac(String algorithm, byte[] key, String content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(content.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] ed25519(String content) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(
                            NamedParameterSpec.ED25519, HexFormat.of().parseHex(SEED))));
            signature.update(content.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
