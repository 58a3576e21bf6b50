package io.posthorn.observe;

import static io.posthorn.json.JsonApi.JSON;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * {@code /health} for a server that does not answer it on the application's port.
 *
 * @see <a href="https://download.eclipse.org/microprofile/microprofile-health-4.0/microprofile-health-spec-4.0.html">
 *     MicroProfile Health, "Protocol and wireformat"</a>
 */
public class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    @Liveness
    transient Instance<HealthCheck> liveness;

    @Inject
    @Readiness
    transient Instance<HealthCheck> readiness;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        switch (path) {
            case "", "/" -> answer(Stream.concat(liveness.stream(), readiness.stream()), response);
            case "/live", "/live/" -> answer(liveness.stream(), response);
            case "/ready", "/ready/" -> answer(readiness.stream(), response);
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void answer(Stream<HealthCheck> checks, HttpServletResponse response) throws IOException {
        List<HealthCheckResponse> results = checks.map(HealthCheck::call).toList();
        boolean up = results.stream().allMatch(result -> result.getStatus() == Status.UP);
        JsonArrayBuilder json = JSON.createArrayBuilder();
        results.forEach(result -> json.add(toJson(result)));
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.getWriter()
                .write(JSON.createObjectBuilder()
                        .add("status", (up ? Status.UP : Status.DOWN).name())
                        .add("checks", json)
                        .build()
                        .toString());
    }

    private static JsonObject toJson(HealthCheckResponse result) {
        return JSON.createObjectBuilder()
                .add("name", result.getName())
                .add("status", result.getStatus().name())
                .build();
    }
}
