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

    private static SigningSecret parse(String field, String text) {
        try {
            return SigningSecret.parse(text);
        } catch (UnusableSecretException e) {
            throw ApiException.invalid(field, "must be " + e.allowed());
        }
    }
}
