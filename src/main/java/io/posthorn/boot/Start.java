package io.posthorn.boot;

import io.posthorn.config.Starting;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Starts Posthorn with the web application. For classes in {@code WEB-INF/lib} Payara fires
 * {@code @Initialized(ApplicationScoped.class)} before the application's {@code java:comp} is there.
 */
@WebListener
public class Start implements ServletContextListener {

    @Inject
    Event<Starting> starting;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        starting.fire(new Starting());
    }
}
