package io.posthorn.source;

import static io.posthorn.signature.SignatureScheme.hmac;
import static io.posthorn.signature.SignatureScheme.token;

import io.posthorn.signature.AdyenPaymentsSignature;
import io.posthorn.signature.ClientStateToken;
import io.posthorn.signature.DeclaredSignature;
import io.posthorn.signature.KeyFormat;
import io.posthorn.signature.MailgunSignature;
import io.posthorn.signature.PandaDocSignature;
import io.posthorn.signature.PayPalSignature;
import io.posthorn.signature.PlainSignature;
import io.posthorn.signature.ReplayWindow;
import io.posthorn.signature.SignatureAlgorithm;
import io.posthorn.signature.SignatureEncoding;
import io.posthorn.signature.SignatureScheme;
import io.posthorn.signature.SignatureVerifier;
import io.posthorn.signature.StandardSignature;
import io.posthorn.signature.TimestampUnit;
import io.posthorn.signature.TwilioSignature;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The kinds of sender that can be verified. Each scheme is that of the provider's own documentation, which
 * {@code src/docs/inbound.md} names.
 */
enum SourceType {
    GENERIC(
            PlainSignature.SCHEME,
            EventFields.USUAL.idInHeader(PlainSignature.EVENT_ID_HEADER).idAt("/id")),
    STANDARD_WEBHOOKS(standard("webhook"), EventFields.USUAL.idInHeader("webhook-id")),
    SVIX(
            standard("svix", "webhook"),
            EventFields.USUAL.idInHeader("svix-id", "webhook-id").typeAt("/type", "/event_type", "/eventType")),
    STRIPE(
            hmac("Stripe-Signature")
                    .inPairs(",", "t", "v1")
                    .over("{timestamp}.{body}")
                    .timed(ReplayWindow.PAST)
                    .build(),
            EventFields.USUAL.timeAt("/created")),
    GITHUB(
            hmac("X-Hub-Signature-256").behind("sha256=").build(),
            EventFields.USUAL
                    .idInHeader("X-GitHub-Delivery")
                    .typeInHeader("X-GitHub-Event")
                    .withAction("/action")),
    GITLAB(standard("webhook"), EventFields.USUAL.idInHeader("webhook-id").typeInHeader("X-Gitlab-Event")),
    GITLAB_TOKEN(
            token("X-Gitlab-Token"),
            EventFields.USUAL.idInHeader("Idempotency-Key").typeInHeader("X-Gitlab-Event")),
    BITBUCKET(
            hmac("X-Hub-Signature").behind("sha256=").build(),
            EventFields.USUAL
                    .idInHeader("X-Request-UUID", "X-Request-Id", "X-Atlassian-Webhook-Identifier")
                    .typeInHeader("X-Event-Key")),
    SHOPIFY(
            hmac("X-Shopify-Hmac-Sha256", "Shopify-Hmac-Sha256").base64().build(),
            EventFields.USUAL
                    .idInHeader("X-Shopify-Webhook-Id", "Shopify-Webhook-Id")
                    .typeInHeader("X-Shopify-Topic", "Shopify-Topic")),
    SLACK(
            hmac("X-Slack-Signature")
                    .behind("v0=")
                    .over("v0:{timestamp}:{body}")
                    .timed(ReplayWindow.BOTH, "X-Slack-Request-Timestamp")
                    .build(),
            EventFields.USUAL.idAt("/event_id").typeAt("/event/type", "/type").timeAt("/event_time"),
            Handshake.SLACK),
    ZOOM(
            hmac("x-zm-signature")
                    .behind("v0=")
                    .over("v0:{timestamp}:{body}")
                    .timed(ReplayWindow.BOTH, "x-zm-request-timestamp")
                    .build(),
            EventFields.USUAL.idAt().typeAt("/event").timeAt("/event_ts"),
            Handshake.ZOOM),
    PADDLE(
            hmac("Paddle-Signature")
                    .inPairs(";", "ts", "h1")
                    .over("{timestamp}:{body}")
                    .timed(ReplayWindow.PAST)
                    .tolerating(Duration.ofSeconds(5))
                    .build(),
            EventFields.USUAL.idAt("/event_id").typeAt("/event_type").timeAt("/occurred_at")),
    SQUARE(
            hmac("x-square-hmacsha256-signature").base64().over("{url}{body}").build(),
            EventFields.USUAL.idAt("/event_id").timeAt("/created_at")),
    LINEAR(
            hmac("Linear-Signature")
                    .timedInBody(ReplayWindow.BOTH, "/webhookTimestamp")
                    .tolerating(Duration.ofSeconds(60))
                    .build(),
            EventFields.USUAL
                    .idInHeader("Linear-Delivery")
                    .typeInHeader("Linear-Event")
                    .typeAt("/type")
                    .withAction("/action")
                    .timeAt("/createdAt", "/webhookTimestamp")),
    META(
            hmac("X-Hub-Signature-256").behind("sha256=").build(),
            EventFields.USUAL.idAt().typeAt("/object").withAction("/entry/0/changes/0/field"),
            new NestedBatch("entry", List.of("changes", "messaging", "standby")),
            Handshake.META),
    INTERCOM(
            hmac("X-Hub-Signature")
                    .algorithm(SignatureAlgorithm.HMAC_SHA1)
                    .behind("sha1=")
                    .build(),
            EventFields.USUAL.typeAt("/topic").timeAt("/created_at")),
    TWITTER(
            hmac("x-twitter-webhooks-signature").behind("sha256=").base64().build(),
            EventFields.USUAL.idAt().typeAt(),
            Handshake.TWITTER),
    DISCORD(
            hmac("X-Signature-Ed25519")
                    .algorithm(SignatureAlgorithm.ED25519)
                    .key(KeyFormat.HEX)
                    .over("{timestamp}{body}")
                    .timed(ReplayWindow.BOTH, "X-Signature-Timestamp")
                    .build(),
            EventFields.USUAL.typeAt("/event/type", "/type").timeAt("/event/timestamp"),
            Handshake.DISCORD),
    /** Each element of the body's array is an event. Nothing says how old a genuine request may be. */
    SENDGRID(
            hmac("X-Twilio-Email-Event-Webhook-Signature")
                    .algorithm(SignatureAlgorithm.ECDSA_SHA256)
                    .key(KeyFormat.BASE64)
                    .base64()
                    .over("{timestamp}{body}")
                    .timed(ReplayWindow.NONE, "X-Twilio-Email-Event-Webhook-Timestamp")
                    .build(),
            EventFields.USUAL.idAt("/sg_event_id").typeAt("/event"),
            Batch.BODY),
    ADYEN_PLATFORM(hmac("HmacSignature").key(KeyFormat.HEX).base64().build(), EventFields.USUAL.idAt()),
    ADYEN_PAYMENTS(
            (secrets, tolerance) -> new AdyenPaymentsSignature(secrets),
            EventFields.USUAL
                    .idOf(
                            "/NotificationRequestItem/pspReference",
                            "/NotificationRequestItem/eventCode",
                            "/NotificationRequestItem/success")
                    .typeAt("/NotificationRequestItem/eventCode")
                    .timeAt("/NotificationRequestItem/eventDate"),
            Batch.in("notificationItems")),
    /** Forms of many products, and the arrays of Event Streams. Forms of WhatsApp have an {@code EventType} as well. */
    TWILIO(
            (secrets, tolerance) -> new TwilioSignature(secrets),
            EventFields.USUAL
                    .idInHeader("I-Twilio-Idempotency-Token")
                    .idAt("/id")
                    .typeAt(
                            "message./MessageStatus",
                            "message./SmsStatus",
                            "/EventType",
                            "/type",
                            "/StatusCallbackEvent",
                            "transcription./TranscriptionStatus",
                            "recording./RecordingStatus",
                            "call./CallStatus",
                            "debugger./Level")
                    .timeAt("/time", "/Timestamp"),
            Batch.BODY),
    MAILGUN(
            MailgunSignature::new,
            EventFields.USUAL
                    .idAt("/signature/token")
                    .typeAt("/event-data/event")
                    .timeAt("/event-data/timestamp")),
    PAYPAL(
            (secrets, tolerance) -> new PayPalSignature(secrets, PayPalCertificates.INSTANCE),
            EventFields.USUAL.typeAt("/event_type").timeAt("/create_time")),
    /** Two changes of a Teams message, or two notifications that some were missed, differ in nothing. */
    MS_GRAPH(
            (secrets, tolerance) -> new ClientStateToken(secrets),
            EventFields.USUAL
                    .typeAt("/lifecycleEvent", "/changeType")
                    .versionAt("/resourceData/@odata.etag", "/encryptedContent/dataKey"),
            Batch.in("value"),
            Handshake.MS_GRAPH),
    AIRWALLEX(
            hmac("x-signature")
                    .over("{timestamp}{body}")
                    .timed(ReplayWindow.BOTH, "x-timestamp")
                    .countedIn(TimestampUnit.MS)
                    .build(),
            EventFields.USUAL.typeAt("/name").timeAt("/created_at", "/createdAt")),
    /** The id is that of a payment, which has several events. What is signed beside the body is random, and no time. */
    CHECKBOOK(
            hmac("Signature")
                    .inPairs(",", "nonce", "signature")
                    .over("{body}{timestamp}")
                    .build(),
            EventFields.USUAL.idAt().withAction("/status")),
    /** One header for each key of the account. */
    DOCUSIGN(
            IntStream.rangeClosed(1, 10)
                    .mapToObj(n -> hmac("X-DocuSign-Signature-" + n).base64().build())
                    .toList(),
            EventFields.USUAL.idAt().typeAt("/event").timeAt("/generatedDateTime")),
    EASYPOST(
            hmac("X-Hmac-Signature").behind("hmac-sha256-hex=").build(),
            EventFields.USUAL.typeAt("/description").timeAt("/created_at")),
    /** Its event ids are not unique, and its retries count themselves in the body. */
    HUBSPOT(
            hmac("X-HubSpot-Signature-v3")
                    .base64()
                    .over("POST{url}{body}{timestamp}")
                    .timed(ReplayWindow.BOTH, "X-HubSpot-Request-Timestamp")
                    .countedIn(TimestampUnit.MS)
                    .build(),
            EventFields.USUAL
                    .idOf("/eventId", "/subscriptionId", "/portalId", "/objectId", "/occurredAt")
                    .typeAt("/subscriptionType")
                    .timeAt("/occurredAt"),
            Batch.BODY),
    NANGO(hmac("X-Nango-Hmac-Sha256").build(), EventFields.USUAL.idAt()),
    OPENCLAW(bearer(), EventFields.USUAL.idAt()),
    PANDA_DOC(
            (secrets, tolerance) -> new PandaDocSignature(secrets),
            EventFields.USUAL.idAt().typeAt("/event"),
            Batch.BODY),
    PORT_IO(
            hmac("x-port-signature")
                    .listing("v1")
                    .base64()
                    .over("{timestamp}.{body}")
                    .timed(ReplayWindow.BOTH, "x-port-timestamp")
                    .build(),
            EventFields.USUAL.idAt().typeAt("/action")),
    RUTTER(
            hmac("X-Rutter-Signature").behind("sha256=").base64().build(),
            EventFields.USUAL.idAt().withAction("/code")),
    SEGMENT(hmac("X-Signature").algorithm(SignatureAlgorithm.HMAC_SHA1).build(), EventFields.USUAL.idAt("/messageId")),
    TAILSCALE(
            hmac("Tailscale-Webhook-Signature")
                    .inPairs(",", "t", "v1")
                    .over("{timestamp}.{body}")
                    .timed(ReplayWindow.BOTH)
                    .build(),
            EventFields.USUAL.idAt(),
            Batch.BODY),
    TELNYX(
            hmac("telnyx-signature-ed25519")
                    .algorithm(SignatureAlgorithm.ED25519)
                    .key(KeyFormat.BASE64)
                    .base64()
                    .over("{timestamp}|{body}")
                    .timed(ReplayWindow.BOTH, "telnyx-timestamp")
                    .build(),
            EventFields.USUAL.idAt("/data/id").typeAt("/data/event_type").timeAt("/data/occurred_at")),
    VAPI(
            token("X-Vapi-Secret"),
            EventFields.USUAL.idAt().typeAt("/message/type").timeAt("/message/timestamp")),
    /** The id is that of a session, which has several events. */
    VERIFF(hmac("X-HMAC-SIGNATURE").build(), EventFields.USUAL.idAt().typeAt("/action", "/verification/status"));

    /** Makes the verifier of a source. */
    @FunctionalInterface
    interface Verifiers {

        /** @throws io.posthorn.signature.UnusableSecretException if a secret does not suit the scheme */
        SignatureVerifier of(List<String> secrets, Duration tolerance);
    }

    private final List<SignatureScheme> schemes;
    private final Optional<Verifiers> verifiers;
    private final EventFields fields;
    private final Batch batch;
    private final Handshake handshake;

    SourceType(List<SignatureScheme> schemes, EventFields fields) {
        this(schemes, Optional.empty(), fields, Batch.NONE, Handshake.NONE);
    }

    SourceType(SignatureScheme scheme, EventFields fields) {
        this(List.of(scheme), Optional.empty(), fields, Batch.NONE, Handshake.NONE);
    }

    SourceType(SignatureScheme scheme, EventFields fields, Handshake handshake) {
        this(List.of(scheme), Optional.empty(), fields, Batch.NONE, handshake);
    }

    SourceType(SignatureScheme scheme, EventFields fields, Batch batch, Handshake handshake) {
        this(List.of(scheme), Optional.empty(), fields, batch, handshake);
    }

    SourceType(SignatureScheme scheme, EventFields fields, Batch batch) {
        this(List.of(scheme), Optional.empty(), fields, batch, Handshake.NONE);
    }

    SourceType(Verifiers verifiers, EventFields fields) {
        this(List.of(), Optional.of(verifiers), fields, Batch.NONE, Handshake.NONE);
    }

    SourceType(Verifiers verifiers, EventFields fields, Batch batch) {
        this(List.of(), Optional.of(verifiers), fields, batch, Handshake.NONE);
    }

    SourceType(Verifiers verifiers, EventFields fields, Batch batch, Handshake handshake) {
        this(List.of(), Optional.of(verifiers), fields, batch, handshake);
    }

    SourceType(
            List<SignatureScheme> schemes,
            Optional<Verifiers> verifiers,
            EventFields fields,
            Batch batch,
            Handshake handshake) {
        this.schemes = schemes;
        this.verifiers = verifiers;
        this.fields = fields;
        this.batch = batch;
        this.handshake = handshake;
    }

    private static List<SignatureScheme> standard(String... prefixes) {
        return StandardSignature.schemes(List.of(prefixes));
    }

    private static SignatureScheme bearer() {
        return hmac("Authorization")
                .algorithm(SignatureAlgorithm.TOKEN)
                .encoding(SignatureEncoding.NONE)
                .behind("Bearer ")
                .build();
    }

    /**
     * The verifier of a source.
     *
     * @param own the source's own tolerance; empty for that of the scheme, or of the installation
     * @throws io.posthorn.signature.UnusableSecretException if a secret does not suit the scheme
     */
    SignatureVerifier verifier(List<String> secrets, Optional<Duration> own, Duration usual) {
        return verifiers
                .map(code -> code.of(secrets, own.orElse(usual)))
                .orElseGet(() -> DeclaredSignature.ofAny(
                        own.isPresent()
                                ? schemes.stream()
                                        .map(SignatureScheme::timeChecked)
                                        .toList()
                                : schemes,
                        secrets,
                        own.or(schemes.get(0)::ownTolerance).orElse(usual)));
    }

    /** Whether what verifies is no secret, and may be read back. */
    boolean hasPublicKey() {
        return !schemes.isEmpty()
                && schemes.stream().allMatch(scheme -> scheme.algorithm().isAsymmetric());
    }

    /** Of senders that are told as data; empty for those that need code. */
    List<SignatureScheme> schemes() {
        return schemes;
    }

    EventFields fields() {
        return fields;
    }

    Batch batch() {
        return batch;
    }

    Handshake handshake() {
        return handshake;
    }

    /** As it is written in {@code posthorn.sources.<name>.type}. */
    String configName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type of that name, or the one that verifies a sender of that name. */
    static Optional<SourceType> ofConfigName(String name) {
        return SvixTypes.SENT_WITH_SVIX.contains(name)
                ? Optional.of(SVIX)
                : Arrays.stream(values())
                        .filter(type -> type.configName().equals(name))
                        .findFirst();
    }

    /** Every name that {@link #ofConfigName} knows. */
    static Stream<String> names() {
        return Stream.concat(Arrays.stream(values()).map(SourceType::configName), SvixTypes.SENT_WITH_SVIX.stream());
    }

    static String allowed() {
        return names().collect(Collectors.joining(", ", "one of ", ", custom"));
    }
}
