package io.posthorn.forward;

import io.posthorn.endpoint.Applications;
import io.posthorn.source.SourceDeleted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** The application that has the endpoints of a source. No list shows it, and nobody but its source ends it. */
@ApplicationScoped
class SourceApplication {

    @Inject
    Applications applications;

    /** @param sourceId that stays with a source whatever it is called */
    static String uid(String sourceId) {
        return "source:" + sourceId;
    }

    void delete(@Observes SourceDeleted source) {
        applications.deleteOwned(source.organizationId(), uid(source.id()));
    }
}
