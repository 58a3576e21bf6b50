package io.posthorn.fuzz;

import io.posthorn.source.Source;
import io.posthorn.source.SourceOf;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A source of each type, and what its requests have where someone looks. */
public final class Sources {

    private static final String ELLIPTIC = publicKey();

    private static final String ED25519 = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    private static final String WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String HEX_KEY = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";

    public static final String SECRET = "posthorn-field";

    /** Secrets by the type; another text is a secret of all other types. */
    private static final Map<String, String> SECRETS = Map.of(
            "standard-webhooks",
            WHSEC,
            "gitlab",
            WHSEC,
            "svix",
            WHSEC,
            "clerk",
            WHSEC,
            "discord",
            ED25519,
            "telnyx",
            Base64.getEncoder().encodeToString(HexFormat.of().parseHex(ED25519)),
            "sendgrid",
            ELLIPTIC,
            "adyen-platform",
            HEX_KEY,
            "adyen-payments",
            HEX_KEY);

    /** Which takes whatever its token leads to. */
    public static final String UNVERIFIED = "generic-webhook";

    public static final List<String> TYPES = List.of(
            "generic",
            UNVERIFIED,
            "custom",
            "standard-webhooks",
            "svix",
            "clerk",
            "stripe",
            "github",
            "gitlab",
            "gitlab-token",
            "bitbucket",
            "shopify",
            "slack",
            "zoom",
            "paddle",
            "square",
            "linear",
            "meta",
            "intercom",
            "twitter",
            "discord",
            "sendgrid",
            "adyen-platform",
            "adyen-payments",
            "twilio",
            "mailgun",
            "paypal",
            "ms-graph",
            "airwallex",
            "checkbook",
            "docusign",
            "easypost",
            "hubspot",
            "nango",
            "openclaw",
            "panda-doc",
            "port-io",
            "rutter",
            "segment",
            "tailscale",
            "telnyx",
            "vapi",
            "veriff");

    public static final List<String> HEADERS = List.of(
            "Content-Type",
            "X-Webhook-Signature",
            "X-Webhook-Event-Id",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "svix-id",
            "svix-timestamp",
            "svix-signature",
            "Stripe-Signature",
            "X-Hub-Signature-256",
            "X-Hub-Signature",
            "X-GitHub-Event",
            "X-GitHub-Delivery",
            "X-Gitlab-Token",
            "X-Shopify-Hmac-Sha256",
            "X-Slack-Signature",
            "X-Slack-Request-Timestamp",
            "x-zm-signature",
            "x-zm-request-timestamp",
            "Paddle-Signature",
            "x-square-hmacsha256-signature",
            "Linear-Signature",
            "x-twitter-webhooks-signature",
            "X-Signature-Ed25519",
            "X-Signature-Timestamp",
            "X-Twilio-Email-Event-Webhook-Signature",
            "X-Twilio-Email-Event-Webhook-Timestamp",
            "HmacSignature",
            "X-Twilio-Signature",
            "PAYPAL-TRANSMISSION-ID",
            "PAYPAL-TRANSMISSION-TIME",
            "PAYPAL-TRANSMISSION-SIG",
            "PAYPAL-AUTH-ALGO",
            "PAYPAL-CERT-URL",
            "Custom-Signature",
            "Custom-Id",
            "Custom-Type",
            "x-signature",
            "x-timestamp",
            "Signature",
            "X-DocuSign-Signature-2",
            "X-Hmac-Signature",
            "X-HubSpot-Signature-v3",
            "X-HubSpot-Request-Timestamp",
            "X-Nango-Hmac-Sha256",
            "Authorization",
            "x-port-signature",
            "x-port-timestamp",
            "X-Rutter-Signature",
            "Tailscale-Webhook-Signature",
            "telnyx-signature-ed25519",
            "telnyx-timestamp",
            "X-Vapi-Secret");

    public static final String[] MEMBERS = {
        "id",
        "type",
        "timestamp",
        "value",
        "clientState",
        "changeType",
        "notificationItems",
        "NotificationRequestItem",
        "additionalData",
        "hmacSignature",
        "signature",
        "token",
        "webhookTimestamp",
        "action",
        "event",
        "payload",
        "challenge",
        "created",
        "event_time",
        "entry",
        "changes",
        "messaging",
        "plainToken",
        "eventId",
        "message",
        "data"
    };

    private static final Map<String, Source> SOURCES =
            TYPES.stream().collect(Collectors.toMap(type -> type, Sources::create));

    private Sources() {}

    public static Source ofType(String type) {
        return SOURCES.get(type);
    }

    private static Source create(String type) {
        Map<String, String> settings = new TreeMap<>(
                Map.of("type", type, "secret", SECRETS.getOrDefault(type, SECRET), "verify-token", "shown"));
        if (type.equals("custom")) {
            settings.putAll(Map.of(
                    "header", "Custom-Signature",
                    "signature-pair", "s",
                    "timestamp-pair", "t",
                    "pair-separator", ";",
                    "content", "{id}|{timestamp}|{url}|{body}",
                    "id-header", "Custom-Id",
                    "type-header", "Custom-Type",
                    "id-pointer", "/data/0/id"));
        }
        return SourceOf.stored("shop", settings);
    }

    private static String publicKey() {
        try {
            return Base64.getEncoder()
                    .encodeToString(KeyPairGenerator.getInstance("EC")
                            .generateKeyPair()
                            .getPublic()
                            .getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has EC", e);
        }
    }
}
