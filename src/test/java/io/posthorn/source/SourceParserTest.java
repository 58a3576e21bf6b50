package io.posthorn.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.SourceSettings;
import io.posthorn.signature.PlainSignature;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.SigningSecret;
import io.posthorn.signature.StandardSignature;
import io.posthorn.signature.WebhookRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceParserTest {

    private static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] BODY = "{}".getBytes(UTF_8);
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);

    private final SourceParser parser = new SourceParser(Duration.ofMinutes(5), Optional.empty(), 1_000);

    @Test
    void aGenericSourceVerifiesThePlainScheme() {
        Source source = parse(Map.of("type", "generic", "secret", "s3cret"));

        assertThat(source.verifier().verify(plain("s3cret"), NOW)).isTrue();
        assertThat(source.verifier().verify(plain("other"), NOW)).isFalse();
    }

    @Test
    void everySecretOfACommaListVerifies() {
        Source source = parse(Map.of("type", "generic", "secret", "new, old"));

        assertThat(source.verifier().verify(plain("new"), NOW)).isTrue();
        assertThat(source.verifier().verify(plain("old"), NOW)).isTrue();
    }

    @Test
    void aSourceHasTheToleranceOfAllSources() {
        Source source = parse(Map.of("type", "standard-webhooks", "secret", STANDARD_SECRET));

        assertThat(source.verifier().verify(standard(NOW.minusSeconds(300)), NOW))
                .isTrue();
        assertThat(source.verifier().verify(standard(NOW.minusSeconds(301)), NOW))
                .isFalse();
    }

    @Test
    void aSourceMayHaveItsOwnTolerance() {
        Source source = parse(Map.of("type", "standard-webhooks", "secret", STANDARD_SECRET, "tolerance", "PT10S"));

        assertThat(source.verifier().verify(standard(NOW.minusSeconds(10)), NOW))
                .isTrue();
        assertThat(source.verifier().verify(standard(NOW.minusSeconds(11)), NOW))
                .isFalse();
    }

    @Test
    void idAndTypeAreReadWhereTheyUsuallyAre() {
        Source source = parse(Map.of("type", "generic", "secret", "s3cret"));

        assertThat(source.fields().idPointers()).containsExactly("/id");
        assertThat(source.fields().typePointers()).containsExactly("/type");
    }

    @Test
    void idAndTypeAreReadWhereTheSourceSays() {
        Source source =
                parse(Map.of("type", "generic", "secret", "s3cret", "id-pointer", "/data/id", "type-pointer", "/kind"));

        assertThat(source.fields().idPointers()).containsExactly("/data/id");
        assertThat(source.fields().typePointers()).containsExactly("/kind");
    }

    @Test
    void theTypeIsThatOfThePointerAloneWhateverTheProviderMakesItOf() {
        EventFields fields = parse(Map.of("type", "github", "secret", "s3cret", "type-pointer", "/action"))
                .fields();

        assertThat(fields.typeHeaders()).isEmpty();
        assertThat(fields.typePointers()).containsExactly("/action");
        assertThat(fields.actionPointer()).isEmpty();
        assertThat(fields.idHeaders()).as("the id").containsExactly("X-GitHub-Delivery");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmacx", "GENERIC", "standard_webhooks", ""})
    void anUnknownTypeIsNamed(String type) {
        assertRefused(
                Map.of("type", type, "secret", "s3cret"),
                "posthorn.sources.shop.type=" + type + ": expected " + SourceType.allowed());
    }

    @Test
    void aMissingTypeIsNamed() {
        assertRefused(
                Map.of("secret", "s3cret"), "posthorn.sources.shop.type=(not set): expected " + SourceType.allowed());
    }

    @Test
    void aMissingSecretIsNamed() {
        assertRefused(
                Map.of("type", "generic"),
                "posthorn.sources.shop.secret=(hidden): expected a secret that is not blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", ",", "s3cret,", "s3cret, ,old"})
    void aBlankSecretIsRefusedSinceAnyoneCouldSignWithIt(String secret) {
        assertRefused(
                Map.of("type", "generic", "secret", secret),
                "posthorn.sources.shop.secret=(hidden): expected a secret that is not blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cret", "whsec_%", "whsec_c2hvcnQ=", STANDARD_SECRET + ",short"})
    void aSecretThatDoesNotSuitTheTypeIsRefusedAndNotShown(String secret) {
        assertRefused(
                Map.of("type", "standard-webhooks", "secret", secret),
                "posthorn.sources.shop.secret=(hidden): expected whsec_ followed by the base64 of at least 16 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "1MB", "1.5", ""})
    void aBodySizeThatNoBodyCouldHaveIsNamed(String size) {
        assertRefused(
                Map.of("type", "generic", "secret", "s3cret", "max-body-size", size),
                "posthorn.sources.shop.max-body-size=" + size
                        + ": expected bytes, from 1 to posthorn.inbound.max-body-size, which is 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "json", "application/json;charset=utf-8", "application/*", "application/json,xml"})
    void aContentTypeThatIsNoneIsNamed(String types) {
        assertRefused(
                Map.of("type", "generic", "secret", "s3cret", "content-types", types),
                "posthorn.sources.shop.content-types=" + types
                        + ": expected a comma list of content types without parameters, such as application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "$.id", "data/id"})
    void aPointerThatIsNoneIsNamed(String pointer) {
        assertRefused(
                Map.of("type", "generic", "secret", "s3cret", "id-pointer", pointer),
                "posthorn.sources.shop.id-pointer=" + pointer + ": expected a JSON pointer, such as /id");
        assertRefused(
                Map.of("type", "generic", "secret", "s3cret", "type-pointer", pointer),
                "posthorn.sources.shop.type-pointer=" + pointer + ": expected a JSON pointer, such as /type");
        assertRefused(
                Map.of("type", "generic", "secret", "s3cret", "occurred-at-pointer", pointer),
                "posthorn.sources.shop.occurred-at-pointer=" + pointer
                        + ": expected a JSON pointer, such as /timestamp");
    }

    @Test
    void eventsKeepNoOrderUnlessASourceSaysSo() {
        assertThat(parse(Map.of("type", "generic", "secret", "s3cret")).order()).isEmpty();
    }

    @Test
    void eventsKeepTheOrderOfTheirSourceOrOfAKey() {
        assertThat(parse(Map.of("type", "generic", "secret", "s3cret", "order", "source"))
                        .order())
                .contains(new SourceOrder(Optional.empty()));
        assertThat(parse(Map.of("type", "generic", "secret", "s3cret", "order", "/data/customer"))
                        .order())
                .contains(new SourceOrder(Optional.of("/data/customer")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "customer", "SOURCE", "$.customer"})
    void anOrderThatIsNoneIsNamed(String order) {
        assertRefused(
                Map.of("type", "generic", "secret", "s3cret", "order", order),
                "posthorn.sources.shop.order=" + order
                        + ": expected source, or a JSON pointer, such as /data/customer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"type\":\"integr\"}",
                "{\"properties\":{\"a\":{\"required\":\"b\"}}}",
                "{\"pattern\":\"(\"}",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"required\":\"a\"}",
                "{\"$schema\":\"https://json-schema.org/draft/2019-09/schema\",\"required\":\"a\"}",
                "{\"multipleOf\":1e-999999999}",
                "{\"properties\":{\"a\":{\"maximum\":1e999999999}}}",
                "{\"$schema\":\"https://example.com/schema\"}",
                "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/none\"}}}",
                "{\"properties\":{\"a\":{\"$ref\":\"https://example.com/schema.json\"}}}",
                "/no/such/file.json",
                ""
            })
    void aSchemaThatIsNoneIsNamed(String schema) {
        assertRefused(
                Map.of("type", "generic", "secret", "s3cret", "schema", schema),
                "posthorn.sources.shop.schema=" + schema
                        + ": expected a JSON Schema, or the path of a file that has one");
        assertRefused(
                Map.of("type", "generic", "secret", "s3cret", "schema.order.paid", schema),
                "posthorn.sources.shop.schema.order.paid=" + schema
                        + ": expected a JSON Schema, or the path of a file that has one");
    }

    @Test
    void aToleranceThatIsNoneIsNamed() {
        assertRefused(
                Map.of("type", "generic", "secret", "s3cret", "tolerance", "5m"),
                "posthorn.sources.shop.tolerance=5m: expected an ISO-8601 duration above zero, such as PT5M");
    }

    @Test
    void aSourceIsForwardedWhereItSays() {
        assertThat(parse(Map.of("type", "generic", "secret", "s")).forwarding())
                .isEqualTo(new Forwarding(Optional.empty(), Set.of()));
        assertThat(parse(Map.of("type", "github", "secret", "s", "forward-to", "shop"))
                        .forwarding())
                .isEqualTo(new Forwarding(Optional.of("shop"), Set.of("X-GitHub-Delivery", "X-GitHub-Event")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "source:shop", "app_1srOrx2ZWZBpBUvZwXKQmoEYga2"})
    void anApplicationThatNoClientCouldNameIsRefused(String uid) {
        assertRefused(
                Map.of("type", "generic", "secret", "s3cret", "forward-to", uid),
                "posthorn.sources.shop.forward-to=" + uid + ": expected the uid of an application, 1 to 256 letters,"
                        + " digits, '-', '_' or '.', and not beginning with app_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X A", "Content-Length", "webhook-id", "posthorn-hops", "X-A,Host"})
    void aHeaderThatIsNotTheUsersIsRefused(String headers) {
        assertThatThrownBy(() -> parse(Map.of("type", "generic", "secret", "s3cret", "forward-headers", headers)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("Invalid setting posthorn.sources.shop.forward-headers=" + headers
                        + ": expected a comma list of headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "a b", "a/b", "a%2Fb", "café", ""})
    void aNameThatIsReservedOrDoesNotFitAPathIsRefused(String name) {
        SourceSettings settings = new SourceSettings(name, Map.of("type", "generic", "secret", "s3cret"));

        assertThatThrownBy(() -> parser.parse(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Invalid setting posthorn.sources=" + name
                        + ": expected a name of letters, digits, - and _, other than events");
    }

    private Source parse(Map<String, String> values) {
        return parser.parse(new SourceSettings("shop", values));
    }

    private void assertRefused(Map<String, String> values, String message) {
        assertThatThrownBy(() -> parse(values))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Invalid setting " + message);
    }

    private static WebhookRequest plain(String secret) {
        String signature = PlainSignature.sign(secret, BODY);
        return new WebhookRequest(
                RequestHeaders.ofSingleValues(Map.of(PlainSignature.SIGNATURE_HEADER, signature)), BODY);
    }

    private static WebhookRequest standard(Instant timestamp) {
        String signature = StandardSignature.sign(SigningSecret.parse(STANDARD_SECRET), "msg_1", timestamp, BODY);
        Map<String, String> headers = Map.of(
                "webhook-id",
                "msg_1",
                "webhook-timestamp",
                Long.toString(timestamp.getEpochSecond()),
                "webhook-signature",
                signature);
        return new WebhookRequest(RequestHeaders.ofSingleValues(headers), BODY);
    }
}
