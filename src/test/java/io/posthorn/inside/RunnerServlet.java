package io.posthorn.inside;

import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Tells Arquillian where its own servlet is. Payara Micro's adapter reads that from the log as soon as the HTTPS port is
 * in it; if the list of servlets, which comes later in the same entry, is not there by then, it takes none to be deployed.
 */
public class RunnerServlet implements LoadableExtension {

    private static final String NAME = "ArquillianServletRunnerEE9";

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(RunnerServlet.class);
    }

    void add(@Observes ProtocolMetaData deployed) {
        for (HTTPContext context : deployed.getContexts(HTTPContext.class)) {
            if (context.getServletByName(NAME) == null) {
                context.add(new Servlet(NAME, "/"));
            }
        }
    }
}
