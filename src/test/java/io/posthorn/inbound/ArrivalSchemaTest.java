package io.posthorn.inbound;

import static io.posthorn.inbound.Arrivals.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalSchemaTest {

    private static final String WITH_AMOUNT = "{\"required\":[\"amount\"]}";

    @Test
    void anEventOfTheTypeHasToMeetItsSchema() {
        assertTaken(webhook("{\"type\":\"order.paid\",\"amount\":1}").schema("schema.order.paid", WITH_AMOUNT));
        assertRefused(webhook("{\"type\":\"order.paid\"}").schema("schema.order.paid", WITH_AMOUNT));
    }

    @Test
    void eventsOfOtherTypesNeedNot() {
        assertTaken(webhook("{\"type\":\"order.paid.late\"}").schema("schema.order.paid", WITH_AMOUNT));
        assertTaken(webhook("{}").schema("schema.order.paid", WITH_AMOUNT));
    }

    @Test
    void aSchemaMayBeThatOfAllTypesThatBeginAlike() {
        assertRefused(webhook("{\"type\":\"order.paid\"}").schema("schema.order.*", WITH_AMOUNT));
        assertTaken(webhook("{\"type\":\"invoice.paid\"}").schema("schema.order.*", WITH_AMOUNT));
    }

    @Test
    void everySchemaThatFitsHasToBeMet() {
        Arrivals event = webhook("{\"type\":\"order.paid\",\"amount\":1}")
                .schema("schema", "{\"type\":\"object\"}")
                .schema("schema.order.paid", WITH_AMOUNT);

        assertTaken(event);
        assertRefused(event.schema("schema.order.*", "{\"required\":[\"currency\"]}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/octet-stream"})
    void aBodyThatIsNeitherJsonNorAFormMeetsNoSchema(String contentType) {
        assertTaken(labelled(contentType));
        assertRefused(labelled(contentType).schema("schema.unknown", "{\"type\":\"object\"}"));
        assertRefused(labelled(contentType).schema("schema", "{\"required\":[\"a\"]}"));
    }

    private static Arrivals labelled(String contentType) {
        return webhook("<a/>").header("Content-Type", contentType);
    }

    @Test
    void aFormMeetsASchemaByItsFields() {
        String required = "{\"type\":\"object\",\"required\":[\"zen\"]}";

        assertTaken(form("zen=x").schema("schema", required));
        assertTaken(form("payload=%7B%22zen%22%3A%22x%22%7D").schema("schema.unknown", required));
        assertRefused(form("zest=x").schema("schema", required));
        assertRefused(form("payload=%7B%22a%22%3A1%7D").schema("schema.unknown", required));
    }

    private static Arrivals form(String body) {
        return webhook(body).header("Content-Type", "application/x-www-form-urlencoded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"items\":[{\"type\":\"string\"}],\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
                "{\"items\":[{\"type\":\"string\"}],\"$schema\":\"https://json-schema.org/draft/2019-09/schema\"}",
                "{\"prefixItems\":[{\"type\":\"string\"}],\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}",
                "{\"prefixItems\":[{\"type\":\"string\"}]}"
            })
    void aSchemaIsReadAsTheDraftThatItNames(String schema) {
        assertTaken(webhook("[\"a\"]").schema("schema.unknown", schema));
        assertRefused(webhook("[1]").schema("schema.unknown", schema));
    }

    @Test
    void aSchemaOfATreeIsMetByTrees() {
        String tree = "{\"properties\":{\"left\":{\"$ref\":\"#\"},\"size\":{\"type\":\"integer\"}}}";

        assertTaken(webhook("{\"left\":{\"left\":{\"size\":1}}}").schema("schema", tree));
        assertRefused(webhook("{\"left\":{\"left\":{\"size\":\"1\"}}}").schema("schema", tree));
    }

    /** Written in a dozen characters, and a billion digits long. */
    @ParameterizedTest
    @Timeout(10)
    @ValueSource(
            strings = {
                "{\"type\":\"integer\",\"maximum\":10}",
                "{\"type\":\"integer\",\"exclusiveMaximum\":10.5}",
                "{\"multipleOf\":3,\"maximum\":10}",
                "{\"multipleOf\":0.01}",
                "{\"enum\":[1,2.5]}",
                "{\"const\":1}",
                "{\"uniqueItems\":true}",
                "{\"type\":[\"string\",\"boolean\"]}"
            })
    void aNumberBeyondAllBoundsMeetsNoSchema(String number) {
        String schema = "{\"properties\":{\"n\":" + number + "}}";

        assertRefused(webhook("{\"n\":1e999999999}").schema("schema", schema));
        assertRefused(webhook("{\"n\":1e999999999}").schema("schema.unknown", schema));
        assertRefused(webhook("{\"n\":1e-999999999}").schema("schema", schema));
        assertTaken(webhook("{\"n\":1e999999999}"));
    }

    @Test
    void numbersOfHundredsOfDigitsAreJudgedLikeAnyOthers() {
        String unique = "{\"properties\":{\"n\":{\"uniqueItems\":true}}}";
        String even = "{\"properties\":{\"n\":{\"multipleOf\":2,\"minimum\":10}}}";

        assertTaken(webhook("{\"n\":[1e400,1e-400,1]}").schema("schema", unique));
        assertRefused(webhook("{\"n\":[1e400,10e399]}").schema("schema", unique));
        assertTaken(webhook("{\"n\":1e400}").schema("schema", even));
        assertRefused(webhook("{\"n\":1e-400}").schema("schema", even));
    }

    @Test
    void aSchemaThatOnlyRefersToItselfIsMetByNothing() {
        assertRefused(webhook("{}").schema("schema", "{\"$ref\":\"#\"}"));
    }

    @Test
    void whatIsNotTakenNeedMeetNoSchema() {
        Arrivals order = webhook("{\"type\":\"order.paid\"}").taking("invoice.*");

        assertThat(order.schema("schema.order.paid", WITH_AMOUNT).all()).isEmpty();
        assertThat(order.schema("schema", WITH_AMOUNT).all()).isEmpty();
        assertRefused(order.taking("order.*"));
    }

    private static void assertTaken(Arrivals webhook) {
        assertThat(webhook.parsed()).isNotNull();
    }

    private static void assertRefused(Arrivals webhook) {
        assertThatThrownBy(webhook::parsed)
                .asInstanceOf(type(InboundException.class))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(422));
    }
}
