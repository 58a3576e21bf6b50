package io.posthorn.observe;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Maps {@link HealthServlet} unless the server has mapped its own: Payara has, WildFly answers on its management port. */
@WebListener
public class HealthServletRegistration implements ServletContextListener {

    private static final String PATH = "/health";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        boolean taken = context.getServletRegistrations().values().stream()
                .flatMap(registration -> registration.getMappings().stream())
                .anyMatch(mapping -> mapping.equals(PATH) || mapping.startsWith(PATH + "/"));
        if (!taken) {
            context.addServlet("posthorn-health", HealthServlet.class).addMapping(PATH, PATH + "/*");
        }
    }
}
