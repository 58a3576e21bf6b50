package io.posthorn.signature;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A way to sign, told as data.
 *
 * @param headers that may have the signature, the first one that is there counts
 * @param template of what is signed: {@code {id}}, {@code {timestamp}}, {@code {url}} and {@code {body}} stand for what
 *     they name
 * @param idHeaders that may have what {@code {id}} stands for
 * @param timestampHeaders that may have the time, unless the signature header has it
 * @param timestampPointer of a time within the body, checked where it is there; empty for none
 * @param window what of the time is checked
 * @param ownTolerance of the scheme; empty for that of the installation
 */
public record SignatureScheme(
        SignatureAlgorithm algorithm,
        KeyFormat keyFormat,
        SignatureEncoding encoding,
        List<String> headers,
        HeaderSyntax syntax,
        String template,
        List<String> idHeaders,
        List<String> timestampHeaders,
        TimestampUnit timestampUnit,
        String timestampPointer,
        ReplayWindow window,
        Optional<Duration> ownTolerance) {

    /** The same, for those who ask for a window although the provider names none. */
    public SignatureScheme timeChecked() {
        return window != ReplayWindow.NONE || timestampHeaders.isEmpty()
                ? this
                : new SignatureScheme(
                        algorithm,
                        keyFormat,
                        encoding,
                        headers,
                        syntax,
                        template,
                        idHeaders,
                        timestampHeaders,
                        timestampUnit,
                        timestampPointer,
                        ReplayWindow.BOTH,
                        ownTolerance);
    }

    /** HMAC-SHA256 over the body, in hex, keyed with the text of the secret, unless told otherwise. */
    public static Builder hmac(String... headers) {
        return new Builder(List.of(headers));
    }

    /** The secret itself in a header. */
    public static SignatureScheme token(String header) {
        return hmac(header)
                .algorithm(SignatureAlgorithm.TOKEN)
                .encoding(SignatureEncoding.NONE)
                .build();
    }

    /** Tells a scheme piece by piece. */
    public static final class Builder {

        private final List<String> headers;
        private SignatureAlgorithm algorithm = SignatureAlgorithm.HMAC_SHA256;
        private KeyFormat keyFormat = KeyFormat.TEXT;
        private SignatureEncoding encoding = SignatureEncoding.HEX;
        private HeaderSyntax syntax = HeaderSyntax.whole("");
        private String template = "{body}";
        private List<String> idHeaders = List.of();
        private List<String> timestampHeaders = List.of();
        private TimestampUnit timestampUnit = TimestampUnit.S;
        private String timestampPointer = "";
        private ReplayWindow window = ReplayWindow.NONE;
        private Optional<Duration> ownTolerance = Optional.empty();

        private Builder(List<String> headers) {
            this.headers = headers;
        }

        public Builder algorithm(SignatureAlgorithm with) {
            algorithm = with;
            return this;
        }

        public Builder key(KeyFormat format) {
            keyFormat = format;
            return this;
        }

        public Builder encoding(SignatureEncoding of) {
            encoding = of;
            return this;
        }

        public Builder base64() {
            return encoding(SignatureEncoding.BASE64);
        }

        /** @param prefix that stands before the signature */
        public Builder behind(String prefix) {
            syntax = HeaderSyntax.whole(prefix);
            return this;
        }

        /** The header has pairs, such as {@code t=1,v1=abc}. */
        public Builder inPairs(String separator, String timestampKey, String signatureKey) {
            syntax = HeaderSyntax.pairs(separator, timestampKey, signatureKey);
            return this;
        }

        /** The header lists signatures and their versions, such as {@code v1,abc v1,def}. */
        public Builder listing(String version) {
            syntax = HeaderSyntax.list(version);
            return this;
        }

        /** @param content the template of what is signed */
        public Builder over(String content) {
            template = content;
            return this;
        }

        /** @param header that has what {@code {id}} stands for */
        public Builder idIn(String... header) {
            idHeaders = List.of(header);
            return this;
        }

        /** @param header that has the time; none where the signature header has it */
        public Builder timed(ReplayWindow what, String... header) {
            window = what;
            timestampHeaders = List.of(header);
            return this;
        }

        /** @param unit of the time, seconds in a header unless told otherwise */
        public Builder countedIn(TimestampUnit unit) {
            timestampUnit = unit;
            return this;
        }

        /** @param pointer of a time within the body, in milliseconds unless told otherwise */
        public Builder timedInBody(ReplayWindow what, String pointer) {
            window = what;
            timestampPointer = pointer;
            timestampUnit = TimestampUnit.MS;
            return this;
        }

        public Builder tolerating(Duration tolerance) {
            ownTolerance = Optional.of(tolerance);
            return this;
        }

        public SignatureScheme build() {
            return new SignatureScheme(
                    algorithm,
                    keyFormat,
                    encoding,
                    headers,
                    syntax,
                    template,
                    idHeaders,
                    timestampHeaders,
                    timestampUnit,
                    timestampPointer,
                    window,
                    ownTolerance);
        }
    }
}
