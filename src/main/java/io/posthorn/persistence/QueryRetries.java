package io.posthorn.persistence;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/**
 * Has EclipseLink tell at once that the database is away. It would try a query again for a quarter of a minute, while senders
 * wait who will come again in any case. Its classes are not visible to applications on every server, hence the reflection.
 */
@ApplicationScoped
class QueryRetries {

    private static final System.Logger LOG = System.getLogger(QueryRetries.class.getName());

    private static final String ECLIPSELINK = "org.eclipse.persistence.";

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Transactional
    void turnOff(@Observes @Priority(StartOrder.WORK) Starting starting) {
        Object delegate = entities.getDelegate();
        if (delegate.getClass().getName().startsWith(ECLIPSELINK)) {
            try {
                Object session = call(delegate, "getServerSession");
                Object login = call(session, "getLogin");
                login.getClass()
                        .getMethod("setQueryRetryAttemptCount", int.class)
                        .invoke(login, 0);
            } catch (ReflectiveOperationException e) {
                LOG.log(WARNING, "EclipseLink goes on repeating queries while the database is away", e);
            }
        }
    }

    private static Object call(Object object, String getter) throws ReflectiveOperationException {
        return object.getClass().getMethod(getter).invoke(object);
    }
}
