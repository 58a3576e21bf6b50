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
 * Twilio's scheme: HMAC-SHA1 in base64 over the URL and, for a form, its fields sorted by name. For other bodies the URL
 * has the body's SHA-256, which is compared as well. Twilio signs the URL with or without the port.
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
        if (signature.isEmpty() || hashed && !isHashOf(request.body(), hash.group(1))) {
            return false;
        }
        Optional<String> fields = hashed ? Optional.of("") : fields(request);
        return fields.isPresent()
                && urls(request.url()).stream()
                        .anyMatch(url -> checks.stream()
                                .anyMatch(check ->
                                        check.verifies(signature.get(), (url + fields.get()).getBytes(UTF_8))));
    }

    /** The fields of a form, each name with its values; nothing else may be covered by the URL alone. */
    private static Optional<String> fields(WebhookRequest request) {
        if (request.body().length == 0) {
            return Optional.of("");
        }
        boolean isForm = request.headers()
                .first("Content-Type")
                .orElse(FORM)
                .toLowerCase(Locale.ROOT)
                .startsWith(FORM);
        if (!isForm) {
            return Optional.empty();
        }
        TreeMap<String, TreeSet<String>> fields = new TreeMap<>();
        try {
            for (String pair : new String(request.body(), UTF_8).split("&", -1)) {
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

    private static boolean isHashOf(byte[] body, String hex) {
        try {
            byte[] expected = MessageDigest.getInstance("SHA-256").digest(body);
            return Hmac.sameInConstantTime(expected, HexFormat.of().parseHex(hex));
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
