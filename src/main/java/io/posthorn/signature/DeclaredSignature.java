package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import io.posthorn.json.JsonPointers;
import io.posthorn.signature.SignatureAlgorithm.SecretCheck;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Verifies a scheme that is told as data. */
public final class DeclaredSignature implements SignatureVerifier {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(id|timestamp|url|body)}");

    private final SignatureScheme scheme;
    private final List<SecretCheck> checks;
    private final Duration tolerance;
    private final boolean timed;

    /**
     * @param secrets at least one; more than one during a rotation
     * @throws UnusableSecretException if there is none, or one does not suit the scheme
     */
    public DeclaredSignature(SignatureScheme scheme, List<String> secrets, Duration tolerance) {
        if (secrets.isEmpty()) {
            throw new UnusableSecretException("at least one secret");
        }
        this.scheme = scheme;
        this.checks = secrets.stream()
                .map(secret -> scheme.algorithm().check(scheme.keyFormat().key(secret)))
                .toList();
        this.tolerance = tolerance;
        this.timed = scheme.window() != ReplayWindow.NONE
                && scheme.timestampPointer().isEmpty();
    }

    /**
     * Verifies what either of some schemes has signed.
     *
     * @param schemes told apart by what their secrets begin with; the first one is that of secrets without a mark. Those with
     *     keys of one form are for the same secrets
     * @param secrets at least one; more than one during a rotation
     * @throws UnusableSecretException if there is none, or one does not suit its scheme
     */
    public static SignatureVerifier ofAny(List<SignatureScheme> schemes, List<String> secrets, Duration tolerance) {
        if (secrets.isEmpty()) {
            throw new UnusableSecretException("at least one secret");
        }
        List<DeclaredSignature> each =
                secrets.stream().collect(groupingBy(secret -> formOf(secret, schemes))).entrySet().stream()
                        .flatMap(of -> schemes.stream()
                                .filter(scheme -> scheme.keyFormat() == of.getKey())
                                .map(scheme -> new DeclaredSignature(scheme, of.getValue(), tolerance)))
                        .toList();
        return each.size() == 1
                ? each.get(0)
                : (request, now) -> each.stream().anyMatch(scheme -> scheme.verify(request, now));
    }

    private static KeyFormat formOf(String secret, List<SignatureScheme> schemes) {
        return schemes.stream()
                .map(SignatureScheme::keyFormat)
                .filter(form -> form.isMarkedOn(secret))
                .findFirst()
                .orElse(schemes.get(0).keyFormat());
    }

    @Override
    public boolean verify(WebhookRequest request, Instant now) {
        Optional<HeaderSyntax.Parsed> header =
                first(request, scheme.headers()).map(text -> scheme.syntax().parse(text));
        if (header.isEmpty()) {
            return false;
        }
        Optional<String> timestamp = header.get().timestamp().or(() -> first(request, scheme.timestampHeaders()));
        Optional<String> id = first(request, scheme.idHeaders());
        if (timed && !isTimely(timestamp, now) || isStaleInBody(request, now)) {
            return false;
        }
        Optional<byte[][]> content = content(request, id, timestamp);
        return content.isPresent()
                && header.get().signatures().stream()
                        .map(scheme.encoding()::decode)
                        .flatMap(Optional::stream)
                        .anyMatch(signature -> isGenuine(signature, content.get()));
    }

    @Override
    public Set<String> secretHeaders() {
        return scheme.algorithm() == SignatureAlgorithm.TOKEN
                ? scheme.headers().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private boolean isGenuine(byte[] signature, byte[][] content) {
        return checks.stream().anyMatch(check -> check.verifies(signature, content));
    }

    private boolean isTimely(Optional<String> timestamp, Instant now) {
        return timestamp
                .flatMap(scheme.timestampUnit()::read)
                .filter(signed -> scheme.window().admits(signed, now, tolerance))
                .isPresent();
    }

    /** A body without the time is for the provider to explain; with one, it is held to it, and has to be readable. */
    private boolean isStaleInBody(WebhookRequest request, Instant now) {
        return !scheme.timestampPointer().isEmpty()
                && JsonText.parse(request.body())
                        .flatMap(json -> JsonPointers.find(json, scheme.timestampPointer()))
                        .filter(signed -> !isTimelyInBody(signed, now))
                        .isPresent();
    }

    private boolean isTimelyInBody(JsonValue signed, Instant now) {
        return JsonText.number(signed)
                .map(scheme.timestampUnit()::since1970)
                .filter(time -> scheme.window().admits(time, now, tolerance))
                .isPresent();
    }

    /** The parts of what is signed; empty if one of them is missing. */
    private Optional<byte[][]> content(WebhookRequest request, Optional<String> id, Optional<String> timestamp) {
        List<byte[]> parts = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(scheme.template());
        int end = 0;
        while (placeholder.find()) {
            parts.add(scheme.template().substring(end, placeholder.start()).getBytes(UTF_8));
            end = placeholder.end();
            Optional<byte[]> value =
                    switch (placeholder.group(1)) {
                        case "id" -> id.map(text -> text.getBytes(UTF_8));
                        case "timestamp" -> timestamp.map(text -> text.getBytes(UTF_8));
                        case "url" -> Optional.of(request.url().getBytes(UTF_8));
                        default -> Optional.of(request.body());
                    };
            if (value.isEmpty()) {
                return Optional.empty();
            }
            parts.add(value.get());
        }
        parts.add(scheme.template().substring(end).getBytes(UTF_8));
        return Optional.of(parts.toArray(byte[][]::new));
    }

    private static Optional<String> first(WebhookRequest request, List<String> headers) {
        return headers.stream()
                .flatMap(name -> request.headers().first(name).stream())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
