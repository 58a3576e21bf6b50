package io.posthorn.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host of a URL in its normal form: a name in lower case and ASCII, or an address however it was spelt, since
 * {@code 0x7f.1} and {@code 2130706433} are 127.0.0.1 to whoever looks them up.
 *
 * @see <a href="https://url.spec.whatwg.org/#host-parsing">WHATWG URL, "Host parsing"</a>
 */
public final class WebHost {

    private static final Pattern NUMBER = Pattern.compile("\\d+|0[xX][0-9a-fA-F]*");
    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x20#%/:<>?@\\[\\\\\\]^|\\x7F]");
    private static final int MAX_NUMBERS = 4;
    private static final int BYTE = 256;

    private WebHost() {}

    /** The host of a URL, also of one that {@link URI#getHost} takes for none, such as {@code my_service}. */
    public static Optional<String> of(URI url) {
        return Optional.ofNullable(url.getRawAuthority())
                .map(authority ->
                        authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":\\d*$", ""))
                .filter(host -> !host.isEmpty());
    }

    /** Whether a host in its normal form is an address, so that nobody looks it up. */
    public static boolean isAddress(String normal) {
        return normal.startsWith("[") || endsInNumber(normal);
    }

    /** @throws IllegalArgumentException if it is no host */
    public static String normalise(String host) {
        if (host.startsWith("[")) {
            return "[" + ipv6(host.substring(1, host.length() - 1)) + "]";
        }
        String name = IDN.toASCII(decoded(host)).toLowerCase(Locale.ROOT);
        if (name.isEmpty() || FORBIDDEN.matcher(name).find()) {
            throw new IllegalArgumentException(host);
        }
        return endsInNumber(name) ? ipv4(name) : name;
    }

    private static String ipv6(String text) {
        IPAddress address = new IPAddressString(text).getAddress();
        if (address == null || !address.isIPv6() || text.indexOf(':') < 0) {
            throw new IllegalArgumentException(text);
        }
        return address.toCanonicalString();
    }

    private static boolean endsInNumber(String name) {
        List<String> labels = labels(name);
        return NUMBER.matcher(labels.get(labels.size() - 1)).matches();
    }

    /** Without the empty one behind a dot at the end. */
    private static List<String> labels(String name) {
        return Arrays.asList((name.endsWith(".") ? name.substring(0, name.length() - 1) : name).split("\\.", -1));
    }

    /** One to four numbers, of which the last fills the bytes that are left. */
    private static String ipv4(String name) {
        List<String> numbers = labels(name);
        int last = numbers.size() - 1;
        if (numbers.size() > MAX_NUMBERS) {
            throw new IllegalArgumentException(name);
        }
        long address = number(numbers.get(last), 1L << Byte.SIZE * (MAX_NUMBERS - last));
        for (int i = 0; i < last; i++) {
            address |= number(numbers.get(i), BYTE) << Byte.SIZE * (MAX_NUMBERS - 1 - i);
        }
        return (address >> 24) + "." + (address >> 16) % BYTE + "." + (address >> 8) % BYTE + "." + address % BYTE;
    }

    private static long number(String text, long limit) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        String digits = hex ? "0" + text.substring(2) : text;
        int decimalOrOctal = text.length() > 1 && text.startsWith("0") ? 8 : 10;
        long number = Long.parseLong(digits, hex ? 16 : decimalOrOctal);
        if (number >= limit) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static String decoded(String host) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] given = host.getBytes(UTF_8);
        for (int i = 0; i < given.length; i++) {
            if (given[i] == '%' && i + 2 < given.length) {
                bytes.write(Integer.parseInt(new String(given, i + 1, 2, US_ASCII), 16));
                i += 2;
            } else {
                bytes.write(given[i]);
            }
        }
        return bytes.toString(UTF_8);
    }
}
