package io.posthorn.endpoint;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.UniqueCreation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Registers event types that Posthorn itself publishes. */
@ApplicationScoped
public class EventTypeRegistry {

    @Inject
    EventTypes eventTypes;

    /** Does nothing for one that is registered, archived or not. */
    public void register(String organizationId, String name, String description) {
        if (eventTypes.isKnown(organizationId, name)) {
            return;
        }
        EventTypeIn in = new EventTypeIn(name, description, false, false, null, null);
        try {
            UniqueCreation.of(() -> eventTypes.create(organizationId, in));
        } catch (ApiException anotherNodeWasQuicker) {
            // It is registered, which is all that matters.
        }
    }
}
