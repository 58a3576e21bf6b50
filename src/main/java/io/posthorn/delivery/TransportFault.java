package io.posthorn.delivery;

import java.io.IOException;

/** A fault below HTTP that shows that the endpoint has not seen the request, so that trying again at once is safe. */
public final class TransportFault extends IOException {

    private static final long serialVersionUID = 1L;

    TransportFault(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
