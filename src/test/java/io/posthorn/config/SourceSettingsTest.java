package io.posthorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSettingsTest {

    @Test
    void anyKeyOfASourceDeclaresIt() {
        List<SourceSettings> sources = SourceSettings.all(MapConfig.of(
                "posthorn.sources.shop.type", "generic",
                "posthorn.sources.bank.secret", "s"));

        assertThat(sources).extracting(SourceSettings::name).containsExactly("bank", "shop");
    }

    @Test
    void aSourceHasTheValuesGivenForIt() {
        SourceSettings shop = only(MapConfig.of(
                "posthorn.sources.shop.type", "generic",
                "posthorn.sources.shop.secret", "s3cret",
                "posthorn.sources.shop.id-pointer", "/data/id"));

        assertThat(shop.value("type")).contains("generic");
        assertThat(shop.value("secret")).contains("s3cret");
        assertThat(shop.value("id-pointer")).contains("/data/id");
        assertThat(shop.value("tolerance")).isEmpty();
    }

    @Test
    void theSchemaOfAnEventTypeHasItsTypeInItsKey() {
        SourceSettings shop = only(MapConfig.of(
                "posthorn.sources.shop.schema", "{}",
                "posthorn.sources.shop.schema.order.type", "{\"a\":1}"));

        assertThat(shop.name()).isEqualTo("shop");
        assertThat(shop.value("schema")).contains("{}");
        assertThat(shop.value("schema.order.type")).contains("{\"a\":1}");
    }

    @Test
    void anEmptyValueIsTherePresentAndBlank() {
        SourceSettings shop = only(MapConfig.of("posthorn.sources.shop.secret", ""));

        assertThat(shop.value("secret")).contains("");
    }

    @Test
    void anEnvironmentVariableThatCouldBeTwoIsTheLongerKey() {
        SourceSettings shop = only(MapConfig.ofEnvironment(
                "POSTHORN_SOURCES_SHOP_TYPE", "custom",
                "POSTHORN_SOURCES_SHOP_HEADER", "X-Sig",
                "POSTHORN_SOURCES_SHOP_ID_HEADER", "X-Id",
                "POSTHORN_SOURCES_SHOP_TIMESTAMP_HEADER", "X-Time"));

        assertThat(shop.name()).isEqualTo("shop");
        assertThat(shop.value("header")).contains("X-Sig");
        assertThat(shop.value("id-header")).contains("X-Id");
        assertThat(shop.value("timestamp-header")).contains("X-Time");
    }

    @Test
    void environmentVariablesDeclareANameWithDashes() {
        SourceSettings shop = only(MapConfig.ofEnvironment(
                "POSTHORN_SOURCES_MY_SHOP_TYPE", "generic",
                "POSTHORN_SOURCES_MY_SHOP_SECRET", "s3cret",
                "POSTHORN_SOURCES_MY_SHOP_FORWARD_TO", "tills",
                "POSTHORN_SOURCES_MY_SHOP_TYPE_POINTER", "/kind",
                "POSTHORN_SOURCES_MY_SHOP_ORDER", "source"));

        assertThat(shop.name()).isEqualTo("my-shop");
        assertThat(shop.value("type")).contains("generic");
        assertThat(shop.value("secret")).contains("s3cret");
        assertThat(shop.value("forward-to")).contains("tills");
        assertThat(shop.value("type-pointer")).contains("/kind");
        assertThat(shop.value("order")).contains("source");
    }

    @Test
    void aVariableAndAPropertyOfOneSourceMeet() {
        Config secrets = MapConfig.ofEnvironment("POSTHORN_SOURCES_MY_SHOP_SECRET", "s3cret");
        Config rest = MapConfig.of("posthorn.sources.my-shop.type", "generic");

        SourceSettings shop = only(MapConfig.layered(secrets, rest));

        assertThat(shop.value("type")).contains("generic");
        assertThat(shop.value("secret")).contains("s3cret");
    }

    @Test
    void aVariableOfADeclaredNameDeclaresNoSecondSource() {
        Config secrets = MapConfig.ofEnvironment(
                "POSTHORN_SOURCES_MY_SHOP_SECRET", "s3cret", "POSTHORN_SOURCES_MYBANK_SECRET", "s3cret");
        Config rest =
                MapConfig.of("posthorn.sources.my_shop.type", "generic", "posthorn.sources.myBank.type", "generic");

        assertThat(SourceSettings.all(MapConfig.layered(secrets, rest)))
                .extracting(SourceSettings::name)
                .containsExactly("myBank", "my_shop");
    }

    @Test
    void otherSettingsDeclareNoSource() {
        Config config = MapConfig.of(
                "posthorn.sources", "x",
                "posthorn.sources.shop", "x",
                "other.sources.shop.type", "x");

        assertThat(SourceSettings.all(config)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "posthorn.sources.shop.allowed-ip",
                "posthorn.sources.shop.allowedIps",
                "posthorn.sources.shop.Secret",
                "posthorn.sources.shop.secret.1",
                "posthorn.sources.my.shop.type",
                "posthorn.sources.shop.schemas.order.paid"
            })
    void aKeyThatNoSourceHasIsRefusedByItsName(String property) {
        Config config = MapConfig.of("posthorn.sources.shop.type", "generic", property, "s3cret");

        assertThatThrownBy(() -> SourceSettings.all(config))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(property + "=")
                .hasMessageContaining("allowed-ips")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aMistypedKeyIsRefusedWhereItIsAllThatIsSaidOfASource() {
        assertThatThrownBy(() -> SourceSettings.all(MapConfig.of("posthorn.sources.shop.typ", "generic")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("posthorn.sources.shop.typ=");
    }

    @Test
    void theNamesThatAServerMakesUpForVariablesAreNotRefused() {
        Config variables = MapConfig.ofEnvironment(
                "POSTHORN_SOURCES_MY_SHOP_TYPE", "generic",
                "POSTHORN_SOURCES_MY_SHOP_ALLOWED_IPS", "192.0.2.1");
        Config guessed = MapConfig.of(
                "posthorn.sources.my.shop.type", "generic",
                "posthorn.sources.my.shop.allowed.ips", "192.0.2.1");

        SourceSettings shop = only(MapConfig.layered(variables, guessed));

        assertThat(shop.name()).isEqualTo("my-shop");
        assertThat(shop.value("allowed-ips")).contains("192.0.2.1");
    }

    @Test
    void aKeyIsNamedInFullForMessages() {
        assertThat(only(MapConfig.of("posthorn.sources.shop.type", "generic")).property("secret"))
                .isEqualTo("posthorn.sources.shop.secret");
    }

    @Test
    void settingsThatReachALogHideSecrets() {
        assertThat(only(MapConfig.of("posthorn.sources.shop.secret", "s3cret"))).hasToString("SourceSettings[shop]");
    }

    private static SourceSettings only(Config config) {
        List<SourceSettings> sources = SourceSettings.all(config);
        assertThat(sources).hasSize(1);
        return sources.get(0);
    }
}
