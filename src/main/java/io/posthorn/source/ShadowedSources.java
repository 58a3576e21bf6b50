package io.posthorn.source;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.access.Organizations;
import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Set;

/**
 * Says at the start which stored sources lose their requests to one of the configuration. Operations refuse a uid that the
 * configuration has; a configuration that comes later cannot be refused for what the database has.
 */
@ApplicationScoped
class ShadowedSources {

    private static final System.Logger LOG = System.getLogger(ShadowedSources.class.getName());

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    ConfiguredSources configured;

    @Transactional
    void warn(@Observes @Priority(StartOrder.WORK) Starting starting) {
        Set<String> names = configured.names();
        if (names.isEmpty()) {
            return;
        }
        entities.createQuery(
                        "SELECT s FROM StoredSource s WHERE s.organizationId = :organization"
                                + " AND (s.uid IN :names OR s.id IN :names)",
                        StoredSource.class)
                .setParameter("organization", Organizations.DEFAULT)
                .setParameter("names", names)
                .getResultList()
                .forEach(ShadowedSources::warn);
    }

    private static void warn(StoredSource source) {
        String name = source.calledName();
        LOG.log(
                WARNING,
                "posthorn.sources.{0} takes what is sent to /webhooks/{0} from the stored source {1}, whose uid it is too:"
                        + " rename one of them; until then only its token leads to {1}",
                name,
                source.id);
    }
}
