package io.posthorn.fuzz;

import io.posthorn.source.Source;
import io.posthorn.source.SourceOf;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A source of each type, and what its requests have where someone looks. */
public final class Sources {

    private static final String ELLIPTIC = publicKey();

    /** Secrets by the type; another text is a secret of all other types. */
    private static final Map<String, String> SECRETS = Map.of(
            "standard-webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "gitlab", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "svix", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "discord", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "sendgrid", ELLIPTIC,
            "adyen-platform", "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056",
            "adyen-payments", "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056");

    public static final List<String> TYPES = List.of(
            "generic",
            "standard-webhooks",
            "svix",
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
            "ms-graph");

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
            "PAYPAL-CERT-URL");

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
        "event_time"
    };

    private static final Map<String, Source> SOURCES =
            TYPES.stream().collect(Collectors.toMap(type -> type, Sources::create));

    private Sources() {}

    public static Source ofType(String type) {
        return SOURCES.get(type);
    }

    private static Source create(String type) {
        return SourceOf.settings(Map.of("type", type, "secret", SECRETS.getOrDefault(type, "posthorn-field")));
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
