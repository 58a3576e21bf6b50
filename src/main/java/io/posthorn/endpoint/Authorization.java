package io.posthorn.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;

/** How requests to an endpoint are authorized. */
public sealed interface Authorization {

    /** A header that is the same for each request; empty where a token has to be asked for. */
    default Optional<String> header() {
        return Optional.empty();
    }

    /**
     * A name and a password.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
     */
    record Basic(String username, SecretText password) implements Authorization {

        @Override
        public Optional<String> header() {
            String pair = username + ":" + password.reveal();
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
        }
    }

    /**
     * A token that does not change.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>
     */
    record Bearer(SecretText token) implements Authorization {

        @Override
        public Optional<String> header() {
            return Optional.of("Bearer " + token.reveal());
        }
    }

    /**
     * A token that another server issues for the client's own credentials.
     *
     * @param secretInBody whether id and secret stand in the body of the request for a token, not in its header
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, section 4.4</a>
     */
    record OAuth2(
            String tokenUrl,
            String clientId,
            SecretText clientSecret,
            Optional<String> scope,
            Optional<String> audience,
            boolean secretInBody)
            implements Authorization {}
}
