package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Other people's implementations verify what we sign and sign what we verify. They read the clock themselves. */
class SignatureInteropTest {

    private static final String ID = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
    private static final String BODY = "{\"title\":\"café 😊 …\",\"n\":1.10}\r\n";

    private final SigningSecret secret = SigningSecret.generate(new SecureRandom());
    private final Instant now = Clock.systemUTC().instant();
    private final SignatureVerifier scheme = DeclaredSignature.ofAny(
            StandardSignature.schemes(List.of("webhook")), List.of(secret.reveal()), Duration.ofMinutes(5));

    @Test
    void theStandardWebhooksLibraryVerifiesWhatWeSign() throws Exception {
        Map<String, List<String>> headers = headers("webhook", sign());

        assertThatCode(() -> new com.standardwebhooks.Webhook(secret.reveal()).verify(BODY, headers))
                .doesNotThrowAnyException();
    }

    @Test
    void weVerifyWhatTheStandardWebhooksLibrarySigns() throws Exception {
        String signature = new com.standardwebhooks.Webhook(secret.reveal()).sign(ID, now.getEpochSecond(), BODY);

        assertThat(scheme.verify(received(signature), now)).isTrue();
    }

    @Test
    void theSvixLibraryVerifiesWhatWeSignUnderEitherPrefix() throws Exception {
        com.svix.Webhook library = new com.svix.Webhook(secret.reveal());

        assertThatCode(() -> library.verify(BODY, headers("webhook", sign()))).doesNotThrowAnyException();
        assertThatCode(() -> library.verify(BODY, headers("svix", sign()))).doesNotThrowAnyException();
    }

    @Test
    void weVerifyWhatTheSvixLibrarySigns() throws Exception {
        String signature = new com.svix.Webhook(secret.reveal()).sign(ID, now.getEpochSecond(), BODY);

        assertThat(scheme.verify(received(signature), now)).isTrue();
    }

    private String sign() {
        return StandardSignature.sign(secret, ID, now, BODY.getBytes(UTF_8));
    }

    private WebhookRequest received(String signature) {
        return new WebhookRequest(RequestHeaders.of(headers("webhook", signature)), BODY.getBytes(UTF_8));
    }

    private Map<String, List<String>> headers(String prefix, String signature) {
        StandardHeaders names = StandardHeaders.withPrefix(prefix);
        return Map.of(
                names.id(), List.of(ID),
                names.timestamp(), List.of(Long.toString(now.getEpochSecond())),
                names.signature(), List.of(signature));
    }
}
