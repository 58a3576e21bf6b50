package io.posthorn.inbound;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.rest.Hops;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/** An observer as it is, except that each received event notes what came of it. */
final class WatchedObserver<T> implements ObserverMethod<T> {

    private static final System.Logger LOG = System.getLogger(WatchedObserver.class.getName());

    private final ObserverMethod<T> observer;
    private final String name;
    private final ObserverPhase phase;

    WatchedObserver(ObserverMethod<T> observer, String name) {
        this.observer = observer;
        this.name = name;
        this.phase = ObserverPhase.of(observer);
    }

    @Override
    public void notify(EventContext<T> context) {
        if (context.getEvent() instanceof ReceivedEvent event) {
            notify(context, event);
        } else {
            observer.notify(context);
        }
    }

    private void notify(EventContext<T> context, ReceivedEvent event) {
        try {
            // Here, since they are called on several threads, and some as the transaction ends.
            event.underWay().call(name, phase, () -> Hops.after(event.hops(), () -> observer.notify(context)));
        } catch (Throwable e) {
            if (!phase.isInTransaction()) {
                // The container would keep it to itself, or not say which event it was.
                LOG.log(WARNING, "Observer " + name + " of event " + event.id() + " failed", e);
            }
            throw e;
        }
    }

    @Override
    public Class<?> getBeanClass() {
        return observer.getBeanClass();
    }

    @Override
    public Bean<?> getDeclaringBean() {
        return observer.getDeclaringBean();
    }

    @Override
    public Type getObservedType() {
        return observer.getObservedType();
    }

    @Override
    public Set<Annotation> getObservedQualifiers() {
        return observer.getObservedQualifiers();
    }

    @Override
    public Reception getReception() {
        return observer.getReception();
    }

    @Override
    public TransactionPhase getTransactionPhase() {
        return observer.getTransactionPhase();
    }

    @Override
    public int getPriority() {
        return observer.getPriority();
    }

    @Override
    public boolean isAsync() {
        return observer.isAsync();
    }

    @Override
    public String toString() {
        return observer.toString();
    }
}
