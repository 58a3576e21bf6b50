package io.posthorn.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.SourceSettings;
import io.posthorn.signature.SignatureScheme;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The schemes of providers are data: whoever can write a configuration could have declared them. */
class DeclaredProvidersTest {

    private static final Set<SourceType> OF_CODE = EnumSet.of(
            SourceType.ADYEN_PAYMENTS,
            SourceType.MAILGUN,
            SourceType.MS_GRAPH,
            SourceType.PANDA_DOC,
            SourceType.PAYPAL,
            SourceType.TWILIO);

    /** @param settings as keys and values, in turn */
    record Declared(SourceType type, int version, String... settings) {

        SignatureScheme scheme() {
            Map<String, String> values = new TreeMap<>();
            for (int i = 0; i < settings.length; i += 2) {
                values.put(settings[i], settings[i + 1]);
            }
            return CustomScheme.of(new SourceSettings("shop", values));
        }

        @Override
        public String toString() {
            return type + "#" + version;
        }
    }

    static final Declared[] DECLARED = {
        declared(SourceType.GENERIC, "header", "X-Webhook-Signature", "prefix", "sha256="),
        standard(SourceType.STANDARD_WEBHOOKS, 0, "webhook"),
        standard(SourceType.STANDARD_WEBHOOKS, 1, "webhook"),
        standard(SourceType.GITLAB, 0, "webhook"),
        standard(SourceType.GITLAB, 1, "webhook"),
        standard(SourceType.SVIX, 0, "svix", "webhook"),
        standard(SourceType.SVIX, 1, "svix", "webhook"),
        declared(
                SourceType.STRIPE,
                "header",
                "Stripe-Signature",
                "timestamp-pair",
                "t",
                "signature-pair",
                "v1",
                "content",
                "{timestamp}.{body}",
                "window",
                "past"),
        declared(SourceType.GITHUB, "header", "X-Hub-Signature-256", "prefix", "sha256="),
        declared(SourceType.GITLAB_TOKEN, "header", "X-Gitlab-Token", "algorithm", "token", "encoding", "none"),
        declared(SourceType.BITBUCKET, "header", "X-Hub-Signature", "prefix", "sha256="),
        declared(SourceType.SHOPIFY, "header", "X-Shopify-Hmac-Sha256, Shopify-Hmac-Sha256", "encoding", "base64"),
        declared(
                SourceType.SLACK,
                "header",
                "X-Slack-Signature",
                "prefix",
                "v0=",
                "content",
                "v0:{timestamp}:{body}",
                "timestamp-header",
                "X-Slack-Request-Timestamp"),
        declared(
                SourceType.ZOOM,
                "header",
                "x-zm-signature",
                "prefix",
                "v0=",
                "content",
                "v0:{timestamp}:{body}",
                "timestamp-header",
                "x-zm-request-timestamp"),
        declared(
                SourceType.PADDLE,
                "header",
                "Paddle-Signature",
                "timestamp-pair",
                "ts",
                "signature-pair",
                "h1",
                "pair-separator",
                ";",
                "content",
                "{timestamp}:{body}",
                "window",
                "past"),
        declared(
                SourceType.SQUARE,
                "header",
                "x-square-hmacsha256-signature",
                "encoding",
                "base64",
                "content",
                "{url}{body}"),
        declared(
                SourceType.LINEAR,
                "header",
                "Linear-Signature",
                "timestamp-pointer",
                "/webhookTimestamp",
                "timestamp-unit",
                "ms"),
        declared(SourceType.META, "header", "X-Hub-Signature-256", "prefix", "sha256="),
        declared(SourceType.INTERCOM, "header", "X-Hub-Signature", "prefix", "sha1=", "algorithm", "hmac-sha1"),
        declared(
                SourceType.TWITTER,
                "header",
                "x-twitter-webhooks-signature",
                "prefix",
                "sha256=",
                "encoding",
                "base64"),
        declared(
                SourceType.DISCORD,
                "header",
                "X-Signature-Ed25519",
                "algorithm",
                "ed25519",
                "key-format",
                "hex",
                "content",
                "{timestamp}{body}",
                "timestamp-header",
                "X-Signature-Timestamp"),
        declared(
                SourceType.SENDGRID,
                "header",
                "X-Twilio-Email-Event-Webhook-Signature",
                "algorithm",
                "ecdsa-sha256",
                "key-format",
                "base64",
                "encoding",
                "base64",
                "content",
                "{timestamp}{body}",
                "timestamp-header",
                "X-Twilio-Email-Event-Webhook-Timestamp",
                "window",
                "none"),
        declared(SourceType.ADYEN_PLATFORM, "header", "HmacSignature", "key-format", "hex", "encoding", "base64"),
        declared(
                SourceType.AIRWALLEX,
                "header",
                "x-signature",
                "content",
                "{timestamp}{body}",
                "timestamp-header",
                "x-timestamp",
                "timestamp-unit",
                "ms"),
        declared(
                SourceType.CHECKBOOK,
                "header",
                "Signature",
                "timestamp-pair",
                "nonce",
                "signature-pair",
                "signature",
                "content",
                "{body}{timestamp}",
                "window",
                "none"),
        declared(SourceType.DOCUSIGN, "header", "X-DocuSign-Signature-1", "encoding", "base64"),
        declared(SourceType.EASYPOST, "header", "X-Hmac-Signature", "prefix", "hmac-sha256-hex="),
        declared(
                SourceType.HUBSPOT,
                "header",
                "X-HubSpot-Signature-v3",
                "encoding",
                "base64",
                "content",
                "POST{url}{body}{timestamp}",
                "timestamp-header",
                "X-HubSpot-Request-Timestamp",
                "timestamp-unit",
                "ms"),
        declared(SourceType.NANGO, "header", "X-Nango-Hmac-Sha256"),
        declared(
                SourceType.OPENCLAW,
                "header",
                "Authorization",
                "prefix",
                "Bearer ",
                "algorithm",
                "token",
                "encoding",
                "none"),
        declared(
                SourceType.PORT_IO,
                "header",
                "x-port-signature",
                "signature-list",
                "v1",
                "encoding",
                "base64",
                "content",
                "{timestamp}.{body}",
                "timestamp-header",
                "x-port-timestamp"),
        declared(SourceType.RUTTER, "header", "X-Rutter-Signature", "prefix", "sha256=", "encoding", "base64"),
        declared(SourceType.SEGMENT, "header", "X-Signature", "algorithm", "hmac-sha1"),
        declared(
                SourceType.TAILSCALE,
                "header",
                "Tailscale-Webhook-Signature",
                "timestamp-pair",
                "t",
                "signature-pair",
                "v1",
                "content",
                "{timestamp}.{body}"),
        declared(
                SourceType.TELNYX,
                "header",
                "telnyx-signature-ed25519",
                "algorithm",
                "ed25519",
                "key-format",
                "base64",
                "encoding",
                "base64",
                "content",
                "{timestamp}|{body}",
                "timestamp-header",
                "telnyx-timestamp"),
        declared(SourceType.VAPI, "header", "X-Vapi-Secret", "algorithm", "token", "encoding", "none"),
        declared(SourceType.VERIFF, "header", "X-HMAC-SIGNATURE")
    };

    @ParameterizedTest
    @FieldSource("DECLARED")
    void theSchemeOfAProviderCanBeDeclared(Declared provider) {
        assertThat(provider.scheme())
                .usingRecursiveComparison()
                // For a source that is declared, this is the key tolerance.
                .ignoringFields("ownTolerance")
                .isEqualTo(provider.type().schemes().get(provider.version()));
    }

    @Test
    void onlyThoseNeedCodeThatLookIntoTheBodySortFieldsOrFetchCertificates() {
        Set<SourceType> data = Stream.of(DECLARED)
                .map(Declared::type)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(SourceType.class)));

        assertThat(EnumSet.complementOf(EnumSet.copyOf(OF_CODE))).isEqualTo(data);
        assertThat(OF_CODE).allMatch(type -> type.schemes().isEmpty());
    }

    private static Declared declared(SourceType type, String... settings) {
        return new Declared(type, 0, settings);
    }

    private static Declared standard(SourceType type, int version, String... prefixes) {
        return new Declared(
                type,
                version,
                "header",
                names("-signature", prefixes),
                "signature-list",
                version == 0 ? "v1" : "v1a",
                "algorithm",
                version == 0 ? "hmac-sha256" : "ed25519",
                "key-format",
                version == 0 ? "whsec" : "whpk",
                "encoding",
                "base64",
                "content",
                "{id}.{timestamp}.{body}",
                "id-header",
                names("-id", prefixes),
                "timestamp-header",
                names("-timestamp", prefixes));
    }

    private static String names(String suffix, String... prefixes) {
        return Stream.of(prefixes).map(prefix -> prefix + suffix).collect(Collectors.joining(","));
    }
}
