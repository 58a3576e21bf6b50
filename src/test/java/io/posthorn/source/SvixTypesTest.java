package io.posthorn.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.json.StrictJson;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Svix's document says of sources, type by type: each can be made as it says, or is refused with a reason. The part of
 * the document that says so is {@code svix-source-in.json}.
 */
class SvixTypesTest {

    private static final String WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ED25519 = "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";

    /** @param config that has just what the document requires */
    record Type(String name, JsonObject config) {

        SourceIn read() {
            return SourceIn.of(fields(Json.createObjectBuilder()
                    .add("name", "shop")
                    .add("type", name)
                    .add("config", config)
                    .build()
                    .toString()));
        }

        Source source() {
            SourceIn in = read();
            Map<String, String> values = SourceConfig.settings(in.config());
            values.put("type", in.type());
            return SourceOf.stored("shop", values);
        }

        boolean isRefused() {
            return SvixTypes.refusal(name).isPresent();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void theDocumentHas43Types() {
        assertThat(types()).hasSize(43);
        assertThat(types().filter(Type::isRefused).map(Type::name))
                .containsExactlyInAnyOrderElementsOf(SvixTypes.REFUSED.keySet());
    }

    @ParameterizedTest
    @MethodSource("offered")
    void aSourceIsMadeOfWhatTheDocumentRequires(Type type) {
        assertThat(type.source().verifier()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("offered")
    void whatIsReadBackIsWhatTheDocumentSays(Type type) {
        JsonObject readable = SourceConfig.readable(type.read().config());

        assertThat(readable)
                .isEqualTo(
                        type.name().equals("telnyx")
                                ? StrictJson.parse("{\"publicKey\":\"" + ED25519 + "\"}")
                                : JsonValue.EMPTY_JSON_OBJECT);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aTypeThatIsNotOfferedIsRefusedWithTheReason(Type type) {
        assertThatThrownBy(type::read).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(422);
            assertThat(e.detail())
                    .isEqualTo("body.type: there are no sources of the type " + type + ": "
                            + SvixTypes.refusal(type.name()).orElseThrow());
        });
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeIsInTheDocumentation(Type type) throws IOException {
        String document = Files.readString(Path.of("src/docs/svix-compatibility.md"));

        assertThat(document).contains("`" + type + "`");
        SvixTypes.refusal(type.name()).ifPresent(reason -> assertThat(document).contains(reason));
    }

    /** Without a secret, anybody's requests would be taken. */
    @ParameterizedTest
    @ValueSource(strings = {"github", "docusign", "easypost", "hubspot", "segment"})
    void aSecretThatTheDocumentLeavesOutIsAskedFor(String type) {
        assertThatThrownBy(() -> new Type(type, JsonValue.EMPTY_JSON_OBJECT).source())
                .hasMessageContaining("posthorn.sources.shop.secret=(hidden): expected a secret that is not blank");
    }

    // Names --------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'secret':'s','timestampGraceSeconds':60}         | {'secret':'s','tolerance':'PT60S'}",
                "{'secret':'s','timestampGraceSeconds':null}       | {'secret':'s','tolerance':null}",
                "{'secret':'s','verifyToken':'t'}                  | {'secret':'s','verifyToken':'t'}"
            })
    void whatSvixsClientsCallASettingIsThatSetting(String svix, String ours) {
        assertThat(SvixNames.translated(json(svix))).isEqualTo(json(ours));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'timestampGraceSeconds':1,'tolerance':'PT1S'}        | timestampGraceSeconds",
                "{'timestampGraceSeconds':'60'}                        | timestampGraceSeconds",
                "{'timestampGraceSeconds':1.5}                         | timestampGraceSeconds",
                "{'timestampGraceSeconds':1e999999999}                 | timestampGraceSeconds",
                "{'timestampGraceSeconds':[60]}                        | timestampGraceSeconds"
            })
    void aSettingUnderTwoNamesOrWithoutAMeaningIsNamed(String config, String name) {
        assertThatThrownBy(() -> SvixNames.translated(json(config))).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(422);
            assertThat(e.detail()).startsWith("body." + name + ": ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "99999999999999999999999"})
    void aGraceThatWouldRefuseEverythingIsRefusedItself(String seconds) {
        Type type = new Type("tailscale", json("{'secret':'s','timestampGraceSeconds':" + seconds + "}"));

        assertThatThrownBy(type::source).hasMessageContaining("posthorn.sources.shop.tolerance=PT");
    }

    @Test
    void aPublicKeyIsTheSecretOfATypeThatHasOne() {
        assertThat(SourceConfig.settings(new Type("telnyx", json("{'publicKey':'" + ED25519 + "'}"))
                        .read()
                        .config()))
                .isEqualTo(Map.of("secret", ED25519));
    }

    /** Else a public key of that name would be read back that is a secret of another type. */
    @ParameterizedTest
    @ValueSource(strings = {"stripe", "svix", "clerk", "adyen-platform", "custom", "generic-webhook"})
    void aPublicKeyIsRefusedByATypeThatHasNone(String type) {
        assertKeyRefused(() -> new Type(type, json("{'publicKey':'k'}")).read());
        assertKeyRefused(() -> new Type("telnyx", json("{'publicKey':'" + ED25519 + "'}"))
                .read()
                .patched(fields("{\"type\":\"" + type + "\"}")));
    }

    @Test
    void whatWasASecretIsNotReadBackUnderATypeThatHasAPublicKey() {
        SourceIn adyen = new Type("adyen-platform", json("{'secret':'" + "00ff".repeat(16) + "'}")).read();

        SourceIn discord = adyen.patched(fields("{\"type\":\"discord\"}"));

        assertThat(SourceConfig.readable(discord.config())).isEmpty();
        assertKeyRefused(() -> discord.patched(fields("{\"config\":{\"publicKey\":\"k\"}}")));
    }

    private static void assertKeyRefused(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(422);
            assertThat(e.detail()).startsWith("body.config.publicKey: is ");
        });
    }

    // --------------------------------------------------------------------------------------------------------------

    static Stream<Type> offered() {
        return types().filter(type -> !type.isRefused());
    }

    static Stream<Type> refused() {
        return types().filter(Type::isRefused);
    }

    static Stream<Type> types() {
        JsonObject schemas = document().getJsonObject("components").getJsonObject("schemas");
        return schemas.getJsonObject("IngestSourceIn").getJsonArray("oneOf").getValuesAs(JsonObject.class).stream()
                .map(choice -> choice.getJsonObject("properties"))
                .map(properties -> new Type(
                        properties.getJsonObject("type").getJsonArray("enum").getString(0),
                        config(schemas, Optional.ofNullable(properties.getJsonObject("config")))));
    }

    private static JsonObject config(JsonObject schemas, Optional<JsonObject> reference) {
        Optional<String> name = reference.map(config -> config.getString("$ref").replaceFirst(".*/", ""));
        JsonObject schema = name.map(schemas::getJsonObject).orElse(JsonValue.EMPTY_JSON_OBJECT);
        List<String> required = name.isPresent() && schema.containsKey("required")
                ? schema.getJsonArray("required").getValuesAs(JsonString::getString)
                : schema.containsKey("properties")
                        ? List.copyOf(schema.getJsonObject("properties").keySet())
                        : List.of();
        var config = Json.createObjectBuilder();
        required.forEach(member -> config.add(member, value(name.orElse(""), member)));
        return config.build();
    }

    private static String value(String config, String member) {
        if (member.equals("publicKey")) {
            return ED25519;
        }
        return config.equals("SvixConfig") ? WHSEC : "s3cret";
    }

    private static JsonObject document() {
        try (InputStream stream = SvixTypesTest.class.getResourceAsStream("svix-source-in.json");
                JsonReader reader = Json.createReader(stream)) {
            return reader.readObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonFields fields(String json) {
        return JsonFields.parse(new RequestBody(json.getBytes(UTF_8), Map.of()));
    }

    private static JsonObject json(String text) {
        return StrictJson.parse(text.replace('\'', '"')).asJsonObject();
    }
}
