package io.posthorn.boot;

import static java.lang.System.Logger.Level.INFO;

import io.posthorn.access.AdminToken;
import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import io.posthorn.rest.Version;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Greets whoever starts Posthorn: where it answers, with which token, and a first request to try. */
@ApplicationScoped
class Greeting {

    private static final System.Logger LOG = System.getLogger(Greeting.class.getName());

    @Inject
    AdminToken adminToken;

    @Inject
    @ConfigProperty(name = "posthorn.port", defaultValue = "8080")
    int port;

    void greet(@Observes @Priority(StartOrder.GREETING) Starting start) {
        String url = "http://localhost:" + port;
        String nl = System.lineSeparator();
        StringBuilder text = new StringBuilder("Posthorn " + Version.CURRENT + nl);
        text.append("  receive   POST ")
                .append(url)
                .append("/webhooks/{source}")
                .append(nl);
        text.append("  manage    ").append(url).append("/api/v1").append(nl);
        text.append("  health    ").append(url).append("/health/ready").append(nl);
        adminToken
                .newlyGenerated()
                .ifPresent(token -> text.append("  token     ")
                        .append(token)
                        .append("   (generated, shown this once)")
                        .append(nl));
        adminToken
                .file()
                .ifPresent(file -> text.append("  token in  ").append(file).append(nl));
        text.append("  try       curl -H \"Authorization: Bearer ")
                .append(tokenForCurl())
                .append("\" ");
        text.append(url).append("/webhooks/events");
        LOG.log(INFO, text.toString());
    }

    private String tokenForCurl() {
        return adminToken
                .newlyGenerated()
                .orElseGet(() ->
                        adminToken.file().map(file -> "$(cat '" + file + "')").orElse("$POSTHORN_ADMIN_TOKEN"));
    }
}
