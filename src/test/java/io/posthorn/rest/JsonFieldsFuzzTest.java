package io.posthorn.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonFieldsFuzzTest {

    private static final OffsetDateTime FIRST = OffsetDateTime.parse("0001-01-01T00:00:00Z");
    private static final OffsetDateTime LAST = OffsetDateTime.parse("9999-12-31T23:59:59.999999999Z");

    @Property
    void bodiesAreReadOrRefused(@ForAll("bodies") byte[] body) {
        assertReadOrRefused(() -> readAll(JsonFields.parse(new RequestBody(body, Map.of()))));
    }

    @Property
    void whatIsReadCanBeStored(@ForAll("fields") String json) {
        Consumer<String> storable = text -> assertThat(StorableText.is(text)).isTrue();

        JsonFields fields = JsonFields.parse(new RequestBody(json.getBytes(UTF_8), Map.of()));

        assertReadOrRefused(() -> fields.optionalString("f").ifPresent(storable));
        assertReadOrRefused(() -> fields.optionalStrings("f").ifPresent(texts -> texts.forEach(storable)));
        assertReadOrRefused(() -> fields.strings("f").forEach((name, text) -> {
            storable.accept(name);
            storable.accept(text);
        }));
        assertReadOrRefused(() -> fields.nullableStrings("f").forEach((name, text) -> {
            storable.accept(name);
            text.ifPresent(storable);
        }));
        assertReadOrRefused(() -> fields.optionalObject("f").ifPresent(object -> storable.accept(object.toString())));
        assertReadOrRefused(() ->
                fields.optionalTime("f").ifPresent(time -> assertThat(time).isBetween(FIRST, LAST)));
    }

    private static void readAll(JsonFields fields) {
        for (String name : List.of("a", "", "\0", "value")) {
            for (Consumer<String> read : List.<Consumer<String>>of(
                    fields::optionalString,
                    fields::requiredString,
                    fields::optionalInt,
                    field -> fields.bool(field, false),
                    field -> fields.string(field, ""),
                    fields::requiredRaw,
                    fields::optionalTime,
                    fields::optionalStrings,
                    fields::strings,
                    fields::nullableStrings,
                    fields::requiredRawObject,
                    field -> fields.nested(field, nested -> nested.optionalString("a")))) {
                assertReadOrRefused(() -> read.accept(name));
            }
        }
    }

    private static void assertReadOrRefused(Runnable reading) {
        try {
            reading.run();
        } catch (ApiException refused) {
            assertThat(refused.status()).isEqualTo(422);
        }
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Malformed.bytes();
    }

    @Provide
    Arbitrary<String> fields() {
        Arbitrary<String> text = Malformed.texts().map(Malformed::quoted);
        Arbitrary<String> value = Arbitraries.oneOf(
                text,
                text.map(item -> "[" + item + "]"),
                Combinators.combine(text, text).as((name, item) -> "{" + name + ":" + item + "}"));
        return value.map(json -> "{\"f\":" + json + "}");
    }
}
