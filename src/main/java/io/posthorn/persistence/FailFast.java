package io.posthorn.persistence;

import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.sessions.Session;

/**
 * Tells EclipseLink not to repeat queries when the database is away: it would hold the thread of each request for fifteen
 * seconds, three times five, before anyone is told. No property of a persistence unit says so.
 */
public final class FailFast implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        session.getLogin().setQueryRetryAttemptCount(0);
    }
}
