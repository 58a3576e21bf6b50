package io.posthorn.delivery;

import java.io.IOException;

/** Why there is no token to send with a request. */
final class TokenException extends IOException {

    private static final long serialVersionUID = 1L;

    TokenException(String host, String why) {
        super("no access token from " + host + ": " + why);
    }
}
