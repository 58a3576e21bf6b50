package io.posthorn.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** The settings of one source declared by {@code posthorn.sources.<name>.<key>}, unchecked. */
public record SourceSettings(String name, Map<String, String> values) {

    /** Begins the keys of the schemas of single event types, {@code schema.order.paid} for one. */
    public static final String SCHEMA_OF_TYPE = "schema.";

    /** All others. */
    public static final List<String> KEYS = List.of(
            "type",
            "secret",
            "tolerance",
            "id-pointer",
            "type-pointer",
            "occurred-at-pointer",
            "url",
            "verify-token",
            "allowed-ips",
            "rate-limit",
            "schema",
            "event-types",
            "max-body-size",
            "content-types",
            "forward-to",
            "forward-headers",
            "order",
            "header",
            "prefix",
            "algorithm",
            "encoding",
            "key-format",
            "content",
            "id-header",
            "timestamp-header",
            "type-header",
            "signature-list",
            "signature-pair",
            "timestamp-pair",
            "pair-separator",
            "timestamp-pointer",
            "timestamp-unit",
            "window");

    private static final String PREFIX = "posthorn.sources.";
    private static final Pattern ANY_PROPERTY = Pattern.compile("posthorn\\.sources\\.[^.]+\\..+");
    private static final Pattern PROPERTY =
            Pattern.compile("posthorn\\.sources\\.([^.]+)\\.(" + String.join("|", KEYS) + "|schema\\..+)");
    /** The shortest name, so that {@code ACME_ID_HEADER} is the {@code id-header} of acme and no {@code header} of acme-id. */
    private static final Pattern VARIABLE = Pattern.compile("POSTHORN_SOURCES_(.+?)_("
            + KEYS.stream().map(SourceSettings::asVariable).collect(Collectors.joining("|")) + ")");

    /** The value of one of the source's keys; empty where it is not given, present and blank where it is blank. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The full name of one of the source's keys, for messages. */
    public String property(String key) {
        return PREFIX + name + "." + key;
    }

    /** @throws InvalidSettingException naming the first key that no source has */
    static List<SourceSettings> all(Config config) {
        SettingReader reader = new SettingReader(config);
        List<String> properties = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .toList();
        refuseUnknownKeys(properties);
        Set<String> names = properties.stream()
                .map(SourceSettings::dottedName)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        // A variable adds to a source that some file spells exactly; only otherwise it declares one.
        Set<String> variablesOfThose =
                names.stream().map(SourceSettings::asVariable).collect(Collectors.toSet());
        properties.stream()
                .map(VARIABLE::matcher)
                .filter(Matcher::matches)
                .map(variable -> variable.group(1))
                .filter(name -> !variablesOfThose.contains(name))
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                .forEach(names::add);
        return names.stream().map(name -> read(name, properties, reader)).toList();
    }

    /** A mistyped key would else leave a source open whose owner believes it closed. */
    private static void refuseUnknownKeys(List<String> properties) {
        // WildFly lists each environment variable a second time, by a name with dots that it can only guess.
        Set<String> variables = properties.stream()
                .filter(property -> property.indexOf('.') < 0)
                .map(SourceSettings::asVariable)
                .collect(Collectors.toSet());
        properties.stream()
                .filter(property -> ANY_PROPERTY.matcher(property).matches())
                .filter(property -> !PROPERTY.matcher(property).matches())
                .filter(property -> !variables.contains(asVariable(property)))
                .sorted()
                .findFirst()
                .ifPresent(property -> {
                    // The value may be a secret whose key is mistyped.
                    throw InvalidSettingException.ofSecret(
                            property,
                            "a source's name without dots and one of its keys: " + String.join(", ", KEYS) + ", "
                                    + SCHEMA_OF_TYPE + "<event type>");
                });
    }

    private static SourceSettings read(String name, List<String> properties, SettingReader reader) {
        Map<String, String> values = new TreeMap<>();
        String source = PREFIX + name + ".";
        properties.stream()
                .filter(property -> property.startsWith(source + SCHEMA_OF_TYPE))
                .forEach(property -> values.put(
                        property.substring(source.length()),
                        reader.text(property).orElse("")));
        for (String key : KEYS) {
            String property = source + key;
            if (reader.isGiven(property)) {
                values.put(key, reader.text(property).orElse(""));
            }
        }
        return new SourceSettings(name, Map.copyOf(values));
    }

    /** Environment variables cannot spell a name or a key exactly: {@code POSTHORN_SOURCES_MY_SHOP_TYPE} declares my-shop. */
    private static String asVariable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static Optional<String> dottedName(String property) {
        Matcher dotted = PROPERTY.matcher(property);
        return dotted.matches() ? Optional.of(dotted.group(1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "SourceSettings[" + name + "]";
    }
}
