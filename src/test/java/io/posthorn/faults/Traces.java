package io.posthorn.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The marks of requests, and where they have stayed: a JVM keeps a text of ASCII as bytes, which a dump shows. */
final class Traces {

    private static final Pattern MARK = Pattern.compile("zqk(\\d\\d)n\\d{6}q");
    private static final int MARK_LENGTH = mark(0, 0).length();
    private static final int CHUNK = 1 << 22;

    private Traces() {}

    static String mark(int kind, int number) {
        return "zqk%02dn%06dq".formatted(kind, number);
    }

    /** Of how many requests of each kind there is something in a file. */
    static Map<String, Integer> in(Path file) {
        Set<String> marks = new HashSet<>();
        Map<String, Integer> kinds = new TreeMap<>();
        try (InputStream in = Files.newInputStream(file)) {
            String rest = "";
            for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                String text = rest + new String(chunk, ISO_8859_1);
                Matcher found = MARK.matcher(text);
                while (found.find()) {
                    if (marks.add(found.group())) {
                        kinds.merge(Flood.kind(Integer.parseInt(found.group(1))), 1, Integer::sum);
                    }
                }
                rest = text.substring(Math.max(0, text.length() - MARK_LENGTH + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kinds;
    }
}
