package io.posthorn.boot;

import io.posthorn.config.Starting;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Starts and stops Posthorn with the web application. For classes in {@code WEB-INF/lib} Payara fires
 * {@code @Initialized(ApplicationScoped.class)} before the application's {@code java:comp} is there; and when beans are
 * destroyed, some of what they need may be gone.
 */
@WebListener
public class Lifecycle implements ServletContextListener {

    @Inject
    Event<Starting> starting;

    @Inject
    GracefulStop stop;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        starting.fire(new Starting());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        stop.stop();
    }
}
