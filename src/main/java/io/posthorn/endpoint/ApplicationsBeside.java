package io.posthorn.endpoint;

import io.posthorn.endpoint.Applications.Put;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.UniqueCreation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;

/** Applications that come into being beside something of theirs, described in the field {@code application}. */
@ApplicationScoped
public class ApplicationsBeside {

    private static final String FIELD = "application";

    @Inject
    Applications applications;

    /**
     * The application if it is there; else it is created in a transaction of its own, if the fields describe it.
     *
     * @param idOrUid which the path names, and which the description has to have as its uid
     * @throws ApiException 404 if it is neither there nor described, 422 if it is described badly
     */
    public Application getOrCreate(String organizationId, String idOrUid, JsonFields fields) {
        Optional<ApplicationIn> described = fields.nested(FIELD, ApplicationIn::of);
        Optional<Application> existing = applications.find(organizationId, idOrUid);
        if (existing.isPresent() || described.isEmpty()) {
            return existing.orElseThrow(() -> ApiException.notFound("Application not found"));
        }
        ApplicationIn in = fields.nested(FIELD, application -> checkUid(described.get(), idOrUid))
                .orElseThrow();
        return findOrCreate(organizationId, idOrUid, in).application();
    }

    /** The application of a uid that Posthorn needs; if it is not there, it is created in a transaction of its own. */
    public Application getOrCreate(String organizationId, String uid) {
        return findOrCreate(organizationId, uid, () -> applications.create(organizationId, uid))
                .application();
    }

    /** The application of a uid; if it is not there, it is created as described, in a transaction of its own. */
    Put findOrCreate(String organizationId, String uid, ApplicationIn in) {
        return findOrCreate(organizationId, uid, () -> applications.create(organizationId, in));
    }

    private Put findOrCreate(String organizationId, String uid, Supplier<Application> creation) {
        return find(organizationId, uid).orElseGet(() -> {
            try {
                return new Put(UniqueCreation.of(creation), true);
            } catch (ApiException conflict) {
                // Another request with the same uid may have been quicker.
                return find(organizationId, uid).orElseThrow(() -> conflict);
            }
        });
    }

    private Optional<Put> find(String organizationId, String uid) {
        return applications.find(organizationId, uid).map(application -> new Put(application, false));
    }

    private static ApplicationIn checkUid(ApplicationIn in, String uidOfPath) {
        if (in.uid() == null) {
            throw ApiException.invalid("application_uid_missing", "uid", "must be there, and be the uid in the path");
        }
        if (!in.uid().equals(uidOfPath)) {
            throw ApiException.invalid("application_uid_mismatch", "uid", "must be the uid in the path");
        }
        return in;
    }
}
