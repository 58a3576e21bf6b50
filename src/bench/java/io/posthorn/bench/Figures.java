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
import java.util.Set;

/** What was measured, round by round, and its medians. */
final class Figures {

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void add(String name, double value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        System.out.printf(Locale.ROOT, "  %-45s %,12.2f%n", name, value);
    }

    double median(String name) {
        List<Double> sorted = each(name).stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Adds, for each round, one figure as a part of another. */
    void ratio(String name, String part, String whole) {
        for (int i = 0; i < each(part).size(); i++) {
            add(name, each(part).get(i) / each(whole).get(i));
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
        StringBuilder table = new StringBuilder("## " + title + "\n\n| figure | median | lowest | highest | rounds |\n"
                + "| --- | --- | --- | --- | --- |\n");
        values.forEach((name, each) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %,.2f | %,.2f | %,.2f | %d |%n",
                name,
                median(name),
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
}
