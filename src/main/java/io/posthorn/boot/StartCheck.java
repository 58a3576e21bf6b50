package io.posthorn.boot;

import io.posthorn.access.Tokens;
import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.Settings;
import io.posthorn.config.StartFailure;
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

    void check(@Observes AfterDeploymentValidation validation) {
        try {
            Settings settings = Settings.from(ConfigProvider.getConfig());
            SourceCatalogue.parse(settings);
            Tokens.check(settings);
            Database.prepare(settings);
        } catch (InvalidSettingException e) {
            StartFailure.report(e);
            validation.addDeploymentProblem(new Refusal(e));
        }
    }

    /** Without a stack trace, since the line says it all. */
    private static final class Refusal extends DeploymentException {

        private static final long serialVersionUID = 1L;

        Refusal(InvalidSettingException cause) {
            super(cause.getMessage());
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
