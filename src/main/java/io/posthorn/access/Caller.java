package io.posthorn.access;

import jakarta.enterprise.context.RequestScoped;

/** Who makes this request: what its token stands for. */
@RequestScoped
public class Caller {

    private String organizationId = "";

    void authenticated(String organizationId) {
        this.organizationId = organizationId;
    }

    /**
     * The organization whose entities the caller sees; nothing of another one is visible.
     *
     * @throws IllegalStateException if the request was not authenticated
     */
    public String organizationId() {
        if (organizationId.isEmpty()) {
            throw new IllegalStateException("The resource lacks @Authenticated");
        }
        return organizationId;
    }
}
