package io.posthorn.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.inbound.InboundApplication;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {

    private static final String DOCUMENT = "src/main/resources/io/posthorn/boot/openapi.json";

    /** Answered by servlets, ours or the server's. */
    private static final Set<String> NO_RESOURCES =
            Set.of("GET /health", "GET /health/live", "GET /health/ready", "GET /metrics", "GET /openapi");

    @Test
    void everyOperationIsDescribedAndNoOther() {
        Set<String> operations = Stream.of(
                        new ManagementApplication(), new IngestApplication(), new InboundApplication())
                .flatMap(OpenApiDocumentTest::operations)
                .collect(Collectors.toCollection(TreeSet::new));
        operations.addAll(NO_RESOURCES);

        assertThat(described()).isEqualTo(operations);
    }

    /** HEAD is answered wherever GET is. */
    private static Set<String> described() {
        SwaggerParseResult parsed = new OpenAPIV3Parser().readLocation(DOCUMENT, null, null);
        return parsed.getOpenAPI().getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().keySet().stream()
                        .filter(method -> method != HttpMethod.HEAD)
                        .map(method -> method + " " + path.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> operations(Application application) {
        String root =
                application.getClass().getAnnotation(ApplicationPath.class).value();
        return application.getClasses().stream()
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Arrays.stream(type.getMethods())
                        .flatMap(method ->
                                httpMethod(method).stream().map(verb -> verb + " " + path(root, type, method))));
    }

    /** Nobody needs to be told of an OPTIONS, which is refused like any other method. */
    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(jakarta.ws.rs.HttpMethod.class))
                .filter(verb -> verb != null)
                .map(jakarta.ws.rs.HttpMethod::value)
                .filter(verb -> !verb.equals("OPTIONS"))
                .findFirst();
    }

    private static String path(String root, Class<?> type, Method method) {
        Path below = method.getAnnotation(Path.class);
        String path = root + "/" + type.getAnnotation(Path.class).value() + (below == null ? "" : "/" + below.value());
        return path.replaceAll("/+", "/").replaceAll("/$", "");
    }
}
