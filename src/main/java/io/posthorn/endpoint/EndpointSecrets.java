package io.posthorn.endpoint;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.persistence.SecretCipher;
import io.posthorn.persistence.StringMapConverter;
import io.posthorn.rest.ApiException;
import io.posthorn.signature.SigningSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an endpoint keeps encrypted: its secrets, its headers and its credentials. */
@ApplicationScoped
public class EndpointSecrets {

    private static final int MAX_OLD_SECRETS = 10;

    private static final StringMapConverter JSON = new StringMapConverter();

    @Inject
    SecretCipher cipher;

    @Inject
    Settings settings;

    @Inject
    @Internal
    Clock clock;

    private final SecureRandom random = new SecureRandom();

    /** The secret that signs first. */
    SigningSecret current(Endpoint endpoint) {
        return SigningSecret.parse(cipher.decrypt(endpoint.secret));
    }

    /** All secrets that sign for an endpoint, the newest first. */
    public List<SigningSecret> signing(Endpoint endpoint) {
        Stream<SigningSecret> old = live(endpoint).entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByValue(Comparator.comparing(Instant::parse))
                        .reversed())
                .map(entry -> SigningSecret.parse(entry.getKey()));
        return Stream.concat(Stream.of(current(endpoint)), old).toList();
    }

    /** The headers that an endpoint wants with each request. */
    public Map<String, String> headers(Endpoint endpoint) {
        return endpoint.headers == null ? Map.of() : parse(endpoint.headers);
    }

    public Credentials credentials(Endpoint endpoint) {
        return endpoint.credentials == null ? Credentials.NONE : Credentials.ofMap(parse(endpoint.credentials));
    }

    byte[] encrypted(Optional<SigningSecret> given) {
        return cipher.encrypt(given.orElseGet(this::generate).reveal());
    }

    byte @Nullable [] encrypted(Map<String, String> texts) {
        return texts.isEmpty() ? null : format(texts);
    }

    byte @Nullable [] encrypted(Credentials credentials) {
        return encrypted(credentials.toMap());
    }

    /**
     * Gives an endpoint another secret.
     *
     * @param grace for how long the old one signs as well
     * @throws ApiException 400 if ten old ones still sign
     */
    void rotate(Endpoint endpoint, Optional<SigningSecret> given, Duration grace) {
        Map<String, String> old = new LinkedHashMap<>(live(endpoint));
        if (!grace.isZero()) {
            if (old.size() >= MAX_OLD_SECRETS) {
                throw ApiException.badRequest(
                        "limit_reached", MAX_OLD_SECRETS + " older secrets still sign; wait until one expires");
            }
            old.put(current(endpoint).reveal(), clock.instant().plus(grace).toString());
        }
        endpoint.rotate(encrypted(given), old.isEmpty() ? null : format(old), OffsetDateTime.now(clock));
    }

    /** Those that have not expired: their expiry by the secret. */
    private Map<String, String> live(Endpoint endpoint) {
        if (endpoint.oldSecrets == null) {
            return Map.of();
        }
        Map<String, String> live = new LinkedHashMap<>(parse(endpoint.oldSecrets));
        live.values().removeIf(expiry -> !Instant.parse(expiry).isAfter(clock.instant()));
        return live;
    }

    private SigningSecret generate() {
        return settings.delivery().asymmetricByDefault()
                ? SigningSecret.generateAsymmetric(random)
                : SigningSecret.generate(random);
    }

    private byte[] format(Map<String, String> map) {
        return cipher.encrypt(String.valueOf(JSON.convertToDatabaseColumn(map)));
    }

    private Map<String, String> parse(byte[] encrypted) {
        Map<String, String> map = JSON.convertToEntityAttribute(cipher.decrypt(encrypted));
        return map == null ? Map.of() : map;
    }
}
