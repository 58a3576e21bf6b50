package io.posthorn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** What was measured, round by round, and its medians. */
final class Figures {

    static final String RATIO = ", ratio";

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void add(String name, double value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        System.out.printf(Locale.ROOT, "  %-45s %,12.2f%n", name, value);
    }

    /** Empty if nothing of the name was measured. */
    OptionalDouble median(String name) {
        List<Double> each = each(name);
        return each.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(quantile(each, 0.5));
    }

    /** Between two values, the nearer one; between two that are as near, their middle. */
    static double quantile(List<Double> values, double q) {
        double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
        double place = q * (sorted.length - 1);
        return (sorted[(int) Math.floor(place)] + sorted[(int) Math.ceil(place)]) / 2;
    }

    /** Adds, for each round, one figure as a part of another; nothing if one of them was not measured. */
    void ratio(String name, String part, String whole) {
        for (int i = 0; i < Math.min(each(part).size(), each(whole).size()); i++) {
            add(name + RATIO, each(part).get(i) / each(whole).get(i));
        }
    }

    private List<Double> each(String name) {
        return values.getOrDefault(name, List.of());
    }

    Set<String> names() {
        return values.keySet();
    }

    /** A table in Markdown. */
    void write(Path file, String title) {
        StringBuilder table = new StringBuilder("## " + title + "\n\n" + machine()
                + "\n\n| figure | median | lowest | highest | rounds |\n" + "| --- | --- | --- | --- | --- |\n");
        values.forEach((name, each) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %,.2f | %,.2f | %,.2f | %d |%n",
                name,
                median(name).orElseThrow(),
                each.stream().mapToDouble(d -> d).min().orElseThrow(),
                each.stream().mapToDouble(d -> d).max().orElseThrow(),
                each.size())));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(table);
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores (" + cpu() + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", JDK "
                + Runtime.version();
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.split(": ", 2)[1])
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
