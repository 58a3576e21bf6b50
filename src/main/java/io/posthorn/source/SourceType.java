package io.posthorn.source;

import io.posthorn.signature.PlainSignature;
import io.posthorn.signature.SignatureVerifier;
import io.posthorn.signature.StandardSignature;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of sender that can be verified. */
enum SourceType {
    GENERIC {
        @Override
        SignatureVerifier verifier(List<String> secrets, Duration tolerance) {
            return new PlainSignature(secrets);
        }
    },
    STANDARD_WEBHOOKS {
        @Override
        SignatureVerifier verifier(List<String> secrets, Duration tolerance) {
            return new StandardSignature(secrets, tolerance);
        }
    };

    /** @throws io.posthorn.signature.UnusableSecretException if a secret does not suit the scheme */
    abstract SignatureVerifier verifier(List<String> secrets, Duration tolerance);

    /** As it is written in {@code posthorn.sources.<name>.type}. */
    String configName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<SourceType> ofConfigName(String name) {
        return Arrays.stream(values())
                .filter(type -> type.configName().equals(name))
                .findFirst();
    }

    static String allowed() {
        return Arrays.stream(values()).map(SourceType::configName).collect(Collectors.joining(" or "));
    }
}
