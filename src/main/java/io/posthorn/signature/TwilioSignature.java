package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.signature.SignatureAlgorithm.SecretCheck;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Twilio's scheme: HMAC-SHA1 in base64 over the URL and, for a form, its fields sorted by name. For other bodies Twilio adds
 * the body's SHA-256 to the query, where a URL that was configured lacks it. Twilio signs the URL with or without the port.
 *
 * @see <a href="https://www.twilio.com/docs/usage/webhooks/webhooks-security">Twilio, "Webhooks security"</a>
 */
public final class TwilioSignature implements SignatureVerifier {

    private static final String HEADER = "X-Twilio-Signature";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern BODY_HASH = Pattern.compile("[?&]bodySHA256=([0-9a-fA-F]{64})(?:&|$)");

    private final List<SecretCheck> checks;

    /** @throws UnusableSecretException if there is none, or one is blank */
    public TwilioSignature(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new UnusableSecretException("at least one secret");
        }
        checks = secrets.stream()
                .map(secret -> SignatureAlgorithm.HMAC_SHA1.check(KeyFormat.TEXT.key(secret)))
                .toList();
    }

    @Override
    public boolean verify(WebhookRequest request, Instant now) {
        Optional<byte[]> signature = request.headers().first(HEADER).flatMap(SignatureEncoding.BASE64::decode);
        Matcher hash = BODY_HASH.matcher(request.url());
        boolean hashed = hash.find();
        if (signature.isEmpty() || hashed && !Hmac.sameInConstantTime(sha256(request.body()), hex(hash.group(1)))) {
            return false;
        }
        boolean signsFields = !hashed && isForm(request);
        String called = hashed || signsFields ? request.url() : withHash(request);
        Optional<String> fields = signsFields ? fields(request.body()) : Optional.of("");
        return fields.isPresent()
                && urls(called).stream()
                        .anyMatch(url -> checks.stream()
                                .anyMatch(check ->
                                        check.verifies(signature.get(), (url + fields.get()).getBytes(UTF_8))));
    }

    private static boolean isForm(WebhookRequest request) {
        return request.body().length == 0
                || request.headers()
                        .first("Content-Type")
                        .orElse(FORM)
                        .toLowerCase(Locale.ROOT)
                        .startsWith(FORM);
    }

    /** The configured URL as Twilio calls it with this body. */
    private static String withHash(WebhookRequest request) {
        return request.url()
                + (request.url().indexOf('?') < 0 ? '?' : '&')
                + "bodySHA256="
                + HexFormat.of().formatHex(sha256(request.body()));
    }

    /** The fields of a form, each name with its values. */
    private static Optional<String> fields(byte[] body) {
        if (body.length == 0) {
            return Optional.of("");
        }
        TreeMap<String, TreeSet<String>> fields = new TreeMap<>();
        try {
            for (String pair : new String(body, UTF_8).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                fields.computeIfAbsent(URLDecoder.decode(parts[0], UTF_8), name -> new TreeSet<>())
                        .add(parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
            }
        } catch (IllegalArgumentException notAForm) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        fields.forEach(
                (name, values) -> values.forEach(value -> text.append(name).append(value)));
        return Optional.of(text.toString());
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static List<String> urls(String url) {
        try {
            URI uri = URI.create(url);
            String port = uri.getPort() >= 0
                    ? ":" + uri.getPort()
                    : "https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80";
            String authority = String.valueOf(uri.getRawAuthority());
            String bare = uri.getPort() >= 0 ? authority.substring(0, authority.lastIndexOf(':')) : authority;
            int start = url.indexOf(authority);
            String rest = url.substring(start + authority.length());
            String begin = url.substring(0, start);
            return List.of(url, begin + bare + rest, begin + bare + port + rest);
        } catch (IllegalArgumentException | IndexOutOfBoundsException odd) {
            return List.of(url);
        }
    }
}
