package io.posthorn.inbound;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts itself between the container and every observer of received events, to learn what comes of each. The container
 * goes on calling them: in their order, in their transaction phases, with everything that they have injected.
 */
public class ObserverWatch implements Extension {

    private static final System.Logger LOG = System.getLogger(ObserverWatch.class.getName());

    private static final String UNAWAITED =
            "what fails in there is neither retried nor told, since nobody gets what an observer returns. Let it wait for"
                    + " the result";

    private final Set<Annotation> qualifiers = ConcurrentHashMap.newKeySet();

    <T, X> void watch(@Observes ProcessObserverMethod<T, X> found) {
        ObserverMethod<T> observer = found.getObserverMethod();
        if (observer.getObservedType() instanceof Class<?> type
                && type.isAssignableFrom(ReceivedEvent.class)
                && observer.getBeanClass() != EventLog.class) {
            String name = name(observer, found.getAnnotatedMethod());
            qualifiers.addAll(observer.getObservedQualifiers());
            found.setObserverMethod(new WatchedObserver<>(observer, name));
            if (goesOnAlone(found.getAnnotatedMethod())) {
                LOG.log(WARNING, "Observer {0} returns before its work is done: {1}", name, UNAWAITED);
            }
        }
    }

    /** Whether an observer returns what may fail later; CDI gives that to nobody. */
    private static boolean goesOnAlone(@Nullable AnnotatedMethod<?> observer) {
        return observer != null
                && Stream.of(CompletionStage.class, Future.class)
                        .anyMatch(promise -> promise.isAssignableFrom(
                                observer.getJavaMember().getReturnType()));
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
