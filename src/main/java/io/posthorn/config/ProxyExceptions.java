package io.posthorn.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Hosts that are reached without the proxy: addresses, CIDR blocks, and names, each of which stands for all below it too. */
public final class ProxyExceptions {

    static final String ALLOWED =
            "a comma list of names, IP addresses and CIDR blocks, such as .example.com,10.0.0.0/8";

    static final ProxyExceptions NONE = new ProxyExceptions(List.of(), Subnets.NONE);

    private final List<String> names;
    private final Subnets addresses;

    private ProxyExceptions(List<String> names, Subnets addresses) {
        this.names = names;
        this.addresses = addresses;
    }

    /** @throws IllegalArgumentException if an entry is neither a name nor an address nor a block */
    static ProxyExceptions parse(String text) {
        List<String> names = new ArrayList<>();
        List<String> blocks = new ArrayList<>();
        for (String entry : text.toLowerCase(Locale.ROOT).split(",", -1)) {
            String plain = withoutBrackets(entry.trim());
            // No name has either, so what is mistyped is told rather than never met.
            boolean isBlock = plain.contains("/") || plain.contains(":");
            if (isBlock || Subnets.address(plain).isPresent()) {
                blocks.add(plain);
            } else {
                names.add(plain.startsWith(".") ? plain.substring(1) : plain);
            }
        }
        // A comma too many excepts nothing.
        names.removeIf(String::isEmpty);
        return new ProxyExceptions(List.copyOf(names), Subnets.of(blocks.toArray(String[]::new)));
    }

    /** @param host a name or an address, of IPv6 with brackets as in a URL; no name is looked up */
    boolean contains(String host) {
        String plain = withoutBrackets(host.toLowerCase(Locale.ROOT));
        return Subnets.address(plain).map(addresses::contains).orElseGet(() -> isBelowAName(plain));
    }

    private boolean isBelowAName(String host) {
        return names.stream().anyMatch(name -> host.equals(name) || host.endsWith("." + name));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
