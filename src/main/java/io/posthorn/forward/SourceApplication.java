package io.posthorn.forward;

import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Applications;
import io.posthorn.source.SourceDeleted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;

/** The application that has the endpoints of a source. No list shows it, and nobody but its source ends it. */
@ApplicationScoped
public class SourceApplication {

    private static final String PREFIX = "source:";

    @Inject
    Applications applications;

    /** @param sourceId that stays with a source whatever it is called */
    static String uid(String sourceId) {
        return PREFIX + sourceId;
    }

    /** The id of the source whose endpoints an application has; empty for the application of no source. */
    public static Optional<String> sourceOf(Application application) {
        return application.uid().filter(uid -> uid.startsWith(PREFIX)).map(uid -> uid.substring(PREFIX.length()));
    }

    void delete(@Observes SourceDeleted source) {
        applications.deleteOwned(source.organizationId(), uid(source.id()));
    }
}
