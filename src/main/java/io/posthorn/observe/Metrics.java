package io.posthorn.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;

/** The metrics of this node. None has an id or a URL as a label, so their number does not grow with the data. */
@ApplicationScoped
public class Metrics {

    private static final String OUTCOME = "outcome";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @PostConstruct
    void bindJvm() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
    }

    /** @param name with dots, such as {@code posthorn.attempts} */
    public void count(String name, String outcome) {
        registry.counter(name, OUTCOME, outcome).increment();
    }

    public void time(String name, String outcome, Duration duration) {
        registry.timer(name, OUTCOME, outcome).record(duration);
    }

    /**
     * @param unit such as {@code seconds}
     * @param value asked for with each scrape
     */
    public void gauge(String name, String unit, String description, Supplier<Number> value) {
        Gauge.builder(name, value).baseUnit(unit).description(description).register(registry);
    }

    String scrape() {
        return registry.scrape();
    }

    @PreDestroy
    void close() {
        registry.close();
    }
}
