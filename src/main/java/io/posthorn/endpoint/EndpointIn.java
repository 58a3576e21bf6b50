package io.posthorn.endpoint;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.signature.SigningSecret;
import io.posthorn.signature.UnusableSecretException;
import java.util.Map;
import java.util.Optional;

/**
 * What a client says of a new endpoint.
 *
 * @param secret empty to have one generated
 */
record EndpointIn(EndpointFields fields, Optional<SigningSecret> secret, Map<String, String> headers) {

    private static final String SECRETS =
            "must be whsec_ followed by the padded base64 of 24 to 75 bytes, or whsk_ followed"
                    + " by that of an Ed25519 seed and the public key that belongs to it";

    static EndpointIn of(JsonFields fields, boolean httpsOnly) {
        return new EndpointIn(
                EndpointFields.of(fields, httpsOnly), secret("secret", fields), EndpointHeaders.of(fields));
    }

    static EndpointIn of(EndpointFields fields) {
        return new EndpointIn(fields, Optional.empty(), Map.of());
    }

    static Optional<SigningSecret> secret(String field, JsonFields fields) {
        return fields.optionalString(field).map(text -> parse(field, text));
    }

    /** Only in full, as it is shown later; what signs elsewhere may leave out the prefix, the padding or the public key. */
    private static SigningSecret parse(String field, String text) {
        try {
            SigningSecret secret = SigningSecret.parse(text);
            if (secret.reveal().equals(text)) {
                return secret;
            }
        } catch (UnusableSecretException e) {
            // Reported below, like every other text that is no such secret.
        }
        throw ApiException.invalid(field, SECRETS);
    }
}
