package io.posthorn.rest;

import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebFilter;

/** Stands before the management API. */
@WebFilter({"/api/v1/*", "/ingest/api/v1/*"})
public class ApiRequestGuard extends RequestGuard {

    private static final long serialVersionUID = 1L;

    @Override
    protected JsonObject body(String sentence) {
        return ApiException.badRequest(sentence).body();
    }
}
