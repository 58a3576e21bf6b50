package io.posthorn.work;

import java.util.Collection;

/** Claims rows of a table and works on them; a CDI bean. */
public interface Worker {

    WorkInProgress inProgress();

    /** Gives rows back before their leases end, so that any node can take them at once. */
    void release(Collection<Claimed> rows);
}
