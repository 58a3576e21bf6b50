package io.posthorn.inbound;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts itself between the container and every observer of received events, to learn what comes of each. The container
 * goes on calling them: in their order, in their transaction phases, with everything that they have injected.
 */
public class ObserverWatch implements Extension {

    private final Set<Annotation> qualifiers = ConcurrentHashMap.newKeySet();

    <T, X> void watch(@Observes ProcessObserverMethod<T, X> found) {
        ObserverMethod<T> observer = found.getObserverMethod();
        if (observer.getObservedType() instanceof Class<?> type
                && type.isAssignableFrom(ReceivedEvent.class)
                && observer.getBeanClass() != EventLog.class) {
            qualifiers.addAll(observer.getObservedQualifiers());
            found.setObserverMethod(new WatchedObserver<>(observer, name(observer, found.getAnnotatedMethod())));
        }
    }

    /** All that narrow an observer of received events. */
    Set<Annotation> qualifiers() {
        return Set.copyOf(qualifiers);
    }

    /** @param annotated {@code null} for an observer that an extension adds */
    private static String name(ObserverMethod<?> observer, @Nullable AnnotatedMethod<?> annotated) {
        String bean = observer.getBeanClass().getName();
        return annotated == null ? bean : bean + "." + signature(annotated.getJavaMember());
    }

    /** With its parameters, since methods of one name may both be observers. */
    private static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }
}
