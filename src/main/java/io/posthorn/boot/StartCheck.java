package io.posthorn.boot;

import static java.lang.System.Logger.Level.ERROR;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.Settings;
import io.posthorn.persistence.Database;
import io.posthorn.source.SourceCatalogue;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Stops the start where a setting cannot be used, with one line that names it. Runs while the application is deployed:
 * of all moments at which a deployment can fail, this is the one at which the servers say least of their own.
 */
public class StartCheck implements Extension {

    private static final System.Logger LOG = System.getLogger(StartCheck.class.getName());

    /** Set where the server runs for Posthorn alone: a server does not end by itself when a deployment fails. */
    private static final String EXIT = "posthorn.exit-on-bad-configuration";

    /** EX_CONFIG of sysexits.h. */
    private static final int EXIT_CODE = 78;

    void check(@Observes AfterDeploymentValidation validation) {
        try {
            Settings settings = Settings.from(ConfigProvider.getConfig());
            SourceCatalogue.parse(settings);
            Database.prepare(settings);
        } catch (InvalidSettingException e) {
            String line = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
            LOG.log(ERROR, line);
            if (Boolean.getBoolean(EXIT)) {
                // Not exit: it waits for shutdown hooks, and those of both servers wait for the thread that deploys.
                Runtime.getRuntime().halt(EXIT_CODE);
            }
            validation.addDeploymentProblem(new Refusal(line));
        }
    }

    /** Without a stack trace, since the line says it all. */
    private static final class Refusal extends DeploymentException {

        private static final long serialVersionUID = 1L;

        Refusal(String line) {
            super(line);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
