package io.posthorn.inbound;

import io.posthorn.rest.RequestGuard;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebFilter;

/** Stands before the receiving of webhooks. */
@WebFilter("/webhooks/*")
public class InboundRequestGuard extends RequestGuard {

    private static final long serialVersionUID = 1L;

    @Override
    protected JsonObject body(String sentence) {
        return InboundErrors.body(sentence);
    }
}
