package io.posthorn.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a signature header is written: a signature behind a prefix, or pairs such as {@code t=1,v1=abc,v1=def}, of which
 * one key may have the time.
 *
 * @param prefix what has to stand before the signature; may be empty
 * @param separator between pairs; empty where the header is one signature
 * @param equals what stands between the key and the value of a pair
 * @param timestampKey empty where no pair has the time
 */
record HeaderSyntax(String prefix, String separator, String equals, String timestampKey, String signatureKey) {

    /** What a header says. */
    record Parsed(List<String> signatures, Optional<String> timestamp) {}

    static HeaderSyntax whole(String prefix) {
        return new HeaderSyntax(prefix, "", "", "", "");
    }

    static HeaderSyntax pairs(String separator, String timestampKey, String signatureKey) {
        return new HeaderSyntax("", separator, "=", timestampKey, signatureKey);
    }

    /** As in Standard Webhooks: {@code v1,abc v1,def}. */
    static HeaderSyntax list(String version) {
        return new HeaderSyntax("", " ", ",", "", version);
    }

    Parsed parse(String header) {
        if (separator.isEmpty()) {
            return new Parsed(
                    header.startsWith(prefix) ? List.of(header.substring(prefix.length())) : List.of(),
                    Optional.empty());
        }
        List<String> signatures = new ArrayList<>();
        Optional<String> timestamp = Optional.empty();
        for (String pair : header.split(separator, -1)) {
            String[] parts = pair.trim().split(equals, 2);
            if (parts.length == 2 && parts[0].equals(signatureKey)) {
                signatures.add(parts[1]);
            } else if (parts.length == 2 && !timestampKey.isEmpty() && parts[0].equals(timestampKey)) {
                timestamp = Optional.of(parts[1]);
            }
        }
        return new Parsed(List.copyOf(signatures), timestamp);
    }
}
