package io.posthorn.source;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.access.Organizations;
import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.RateLimit;
import io.posthorn.config.SourceSettings;
import io.posthorn.signature.DeclaredSignature;
import io.posthorn.signature.SignatureScheme;
import io.posthorn.signature.SignatureVerifier;
import io.posthorn.signature.UnusableSecretException;
import jakarta.json.JsonException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Makes a {@link Source} of its settings, or says which of them is wrong. */
final class SourceParser {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    /** Svix's name for a source without verification; none of the configuration may be one. */
    static final String UNVERIFIED = "generic-webhook";

    private static final String CUSTOM = "custom";
    private static final String RESERVED_NAME = "events";

    /** The order of all events of a source. */
    private static final String WHOLE_SOURCE = "source";

    /** Older accounts take nothing else for a success. */
    private static final String ADYEN_ACCEPTED = "[accepted]";

    /** What a source is known by, whatever it is called. */
    record Identity(String organizationId, String id, String inbox) {}

    private final Duration defaultTolerance;
    private final SourceRulesParser rules;

    /**
     * @param defaultRateLimit for sources that say nothing of theirs
     * @param maxBodySize that no source can go beyond
     */
    SourceParser(Duration defaultTolerance, Optional<RateLimit> defaultRateLimit, int maxBodySize) {
        this.defaultTolerance = defaultTolerance;
        this.rules = new SourceRulesParser(defaultRateLimit, maxBodySize);
    }

    /** Whether there are sources of that type, of the configuration or made by operations. */
    static boolean isType(String name) {
        return name.equals(UNVERIFIED)
                || name.equals(CUSTOM)
                || SourceType.ofConfigName(name).isPresent();
    }

    /** A source of the configuration. */
    Source parse(SourceSettings settings) {
        return parse(new Identity(Organizations.DEFAULT, settings.name(), settings.name()), settings);
    }

    /** A source of an organization, which may go without verification, since only its token leads to it. */
    Source parseStored(Identity identity, SourceSettings settings) {
        return settings.value("type").filter(UNVERIFIED::equals).isPresent()
                ? unverified(identity, settings)
                : parse(identity, settings);
    }

    private Source unverified(Identity identity, SourceSettings settings) {
        EventFields fields = withPointers(EventFields.USUAL, settings);
        return new Source(
                identity.organizationId(),
                identity.id(),
                identity.inbox(),
                settings.name(),
                (request, now) -> true,
                fields,
                Batch.NONE,
                Handshake.NONE,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                order(settings),
                Optional.empty(),
                rules.parse(settings),
                Forwarding.of(settings, fields));
    }

    private Source parse(Identity identity, SourceSettings settings) {
        if (!NAME.matcher(settings.name()).matches() || settings.name().equals(RESERVED_NAME)) {
            throw new InvalidSettingException(
                    "posthorn.sources", settings.name(), "a name of letters, digits, - and _, other than events");
        }
        List<String> secrets = Arrays.stream(settings.value("secret").orElse("").split(",", -1))
                .map(String::trim)
                .toList();
        return settings.value("type").filter(CUSTOM::equals).isPresent()
                ? custom(identity, settings, secrets)
                : known(identity, type(settings), settings, secrets);
    }

    private Source custom(Identity identity, SourceSettings settings, List<String> secrets) {
        SignatureScheme scheme = CustomScheme.of(settings);
        Duration tolerance = tolerance(settings).orElse(defaultTolerance);
        EventFields fields = withPointers(CustomScheme.fields(settings), settings);
        return new Source(
                identity.organizationId(),
                identity.id(),
                identity.inbox(),
                settings.name(),
                usable(settings, () -> new DeclaredSignature(scheme, secrets, tolerance)),
                fields,
                Batch.NONE,
                Handshake.NONE,
                List.of(),
                Optional.empty(),
                url(settings),
                order(settings),
                Optional.empty(),
                rules.parse(settings),
                Forwarding.of(settings, fields));
    }

    private Source known(Identity identity, SourceType type, SourceSettings settings, List<String> secrets) {
        EventFields fields = withPointers(
                // Whoever says where in the body the type is does not mean the provider's header, nor what is added to
                // that.
                settings.value("type-pointer").isPresent()
                        ? type.fields().typeInHeader().withAction("")
                        : type.fields(),
                settings);
        Function<List<String>, SignatureVerifier> verifiers =
                some -> type.verifier(some, tolerance(settings), defaultTolerance);
        return new Source(
                identity.organizationId(),
                identity.id(),
                identity.inbox(),
                settings.name(),
                usable(settings, () -> verifiers.apply(secrets)),
                fields,
                type.batch(),
                type.handshake(),
                secrets.stream()
                        .map(secret -> new SourceSecret(secret, () -> verifiers.apply(List.of(secret))))
                        .toList(),
                settings.value("verify-token"),
                url(settings),
                order(settings),
                type == SourceType.ADYEN_PAYMENTS ? Optional.of(ADYEN_ACCEPTED) : Optional.empty(),
                rules.parse(settings),
                Forwarding.of(settings, fields));
    }

    private static Optional<String> url(SourceSettings settings) {
        return settings.value("url").filter(url -> !url.isBlank());
    }

    private static SourceType type(SourceSettings settings) {
        String name = settings.value("type").orElse("(not set)");
        return SourceType.ofConfigName(name)
                .orElseThrow(() -> new InvalidSettingException(settings.property("type"), name, SourceType.allowed()));
    }

    private static SignatureVerifier usable(SourceSettings settings, Supplier<SignatureVerifier> verifier) {
        try {
            return verifier.get();
        } catch (UnusableSecretException e) {
            throw InvalidSettingException.ofSecret(settings.property("secret"), e.allowed());
        }
    }

    private static EventFields withPointers(EventFields fields, SourceSettings settings) {
        Optional<String> id = pointer(settings, "id-pointer", "/id");
        Optional<String> kind = pointer(settings, "type-pointer", "/type");
        Optional<String> time = pointer(settings, "occurred-at-pointer", "/timestamp");
        EventFields withId = id.map(fields::idAt).orElse(fields);
        EventFields withType = kind.map(withId::typeAt).orElse(withId);
        return time.map(withType::timeAt).orElse(withType);
    }

    private static Optional<Duration> tolerance(SourceSettings settings) {
        return settings.value("tolerance").map(text -> tolerance(settings, text));
    }

    private static Duration tolerance(SourceSettings settings, String text) {
        try {
            Duration tolerance = Duration.parse(text);
            if (!tolerance.isNegative() && !tolerance.isZero()) {
                return tolerance;
            }
        } catch (DateTimeException e) {
            // Reported below, like a tolerance that would refuse everything.
        }
        throw new InvalidSettingException(
                settings.property("tolerance"), text, "an ISO-8601 duration above zero, such as PT5M");
    }

    private static Optional<SourceOrder> order(SourceSettings settings) {
        return settings.value("order").map(text -> {
            if (text.equals(WHOLE_SOURCE)) {
                return new SourceOrder(Optional.empty());
            }
            if (!isPointer(text) || text.isEmpty()) {
                throw new InvalidSettingException(
                        settings.property("order"), text, "source, or a JSON pointer, such as /data/customer");
            }
            return new SourceOrder(Optional.of(text));
        });
    }

    static Optional<String> pointer(SourceSettings settings, String key, String example) {
        return settings.value(key).map(text -> {
            if (!isPointer(text)) {
                throw new InvalidSettingException(settings.property(key), text, "a JSON pointer, such as " + example);
            }
            return text;
        });
    }

    private static boolean isPointer(String text) {
        try {
            JSON.createPointer(text);
            return true;
        } catch (JsonException e) {
            return false;
        }
    }
}
