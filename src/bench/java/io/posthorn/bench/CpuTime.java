package io.posthorn.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The time that each part of the installation has had a processor, of processes that go on. Where no processor idles, what
 * one delivery takes of them all is what bounds the rate.
 */
record CpuTime(Map<String, Duration> parts) {

    /** Since each process began. */
    static CpuTime now(Installation installation) {
        Map<String, Duration> parts = new LinkedHashMap<>();
        parts.put("the server", sum(ProcessHandle.of(installation.firstNode().pid()).stream()));
        parts.put("PostgreSQL", sum(installation.database.processes()));
        parts.put("load and sink", sum(Stream.of(ProcessHandle.current())));
        return new CpuTime(parts);
    }

    private static Duration sum(Stream<ProcessHandle> processes) {
        return processes
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    CpuTime since(CpuTime before) {
        Map<String, Duration> difference = new LinkedHashMap<>();
        parts.forEach((part, time) -> difference.put(part, time.minus(before.parts.get(part))));
        return new CpuTime(difference);
    }

    /**
     * @param each one of what was done in this time
     * @param count how many of it were
     */
    void addTo(Figures figures, String each, long count) {
        parts.forEach(
                (part, time) -> figures.add("CPU of " + part + " for " + each + ", µs", time.toNanos() / 1e3 / count));
    }
}
