package io.posthorn.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.it.CertificateAuthority;
import io.posthorn.it.CertificateAuthority.Certified;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    private static final CertificateAuthority AUTHORITY = new CertificateAuthority("Test CA");
    private static final Certified CLIENT = AUTHORITY.issue("client");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'basic':{'username':'u','password':'s3cret'}}",
                "{'bearer':{'token':'s3cret'}}",
                "{'oauth2':{'tokenUrl':'https://idp.example/token','clientId':'c','clientSecret':'s3cret'}}",
                "{'oauth2':{'tokenUrl':'https://idp.example/token','clientId':'c','clientSecret':'s3cret',"
                        + "'scope':'a b','audience':'x','clientAuthentication':'post'}}",
            })
    void whatIsStoredIsWhatWasGivenAndNothingButAskingShowsASecret(String json) {
        Credentials given = of(json);

        assertThat(Credentials.ofMap(given.toMap())).isEqualTo(given);
        assertThat(given.toMap()).containsValue("s3cret");
        assertThat(given.toString()).doesNotContain("s3cret");
        assertThat(CredentialsOut.of(given).toString()).doesNotContain("s3cret");
    }

    @Test
    void aCertificateAndAnAuthorityAreShownByNameAndExpiry() {
        Credentials given = of(json(CLIENT.certificatePem(), CLIENT.keyPem())
                .replace("{'mutualTls'", "{'ca':" + quoted(AUTHORITY.pem()) + ",'mutualTls'"));

        assertThat(Credentials.ofMap(given.toMap())).isEqualTo(given);
        JsonObject shown = CredentialsOut.of(given);
        assertThat(shown.keySet()).containsExactlyInAnyOrder("mutualTls", "ca");
        assertThat(shown.getJsonObject("mutualTls").getString("subject")).isEqualTo("CN=client,O=Posthorn's tests");
        assertThat(Instant.parse(shown.getJsonObject("mutualTls").getString("expiresAt")))
                .isAfter(Instant.now());
        assertThat(shown.getJsonArray("ca").getJsonObject(0).getString("subject"))
                .isEqualTo("CN=Test CA");
        assertThat(shown.toString() + given).doesNotContain("PRIVATE KEY");
    }

    @Test
    void noCredentialsAreStoredAsNothing() {
        assertThat(Credentials.NONE.toMap()).isEmpty();
        assertThat(Credentials.ofMap(Map.of())).isEqualTo(Credentials.NONE);
        assertThat(CredentialsOut.of(Credentials.NONE).toString()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                                   | body",
                "{'basic':null}                                                       | body",
                "{'basic':{'username':'u','password':'p'},'bearer':{'token':'t'}}     | body",
                "{'basic':'u:p'}                                                      | body.basic",
                "{'basic':{'username':'u'}}                                           | body.basic.password",
                "{'basic':{'username':'u:v','password':'p'}}                          | body.basic.username",
                "{'basic':{'username':'u','password':'p\\n'}}                       | body.basic.password",
                "{'bearer':{}}                                                        | body.bearer.token",
                "{'bearer':{'token':''}}                                              | body.bearer.token",
                "{'bearer':{'token':'a\\r\\nX: 1'}}                               | body.bearer.token",
                "{'bearer':{'token':'a b'}}                                           | body.bearer.token",
                "{'bearer':{'token':'é'}}                                             | body.bearer.token",
                "{'oauth2':{'clientId':'c','clientSecret':'s'}}                       | body.oauth2.tokenUrl",
                "{'oauth2':{'tokenUrl':'http://idp.example','clientId':'c','clientSecret':'s'}}  | body.oauth2.tokenUrl",
                "{'oauth2':{'tokenUrl':'https://u@idp.example','clientId':'c','clientSecret':'s'}} | body.oauth2.tokenUrl",
                "{'oauth2':{'tokenUrl':'https://idp.example','clientSecret':'s'}}     | body.oauth2.clientId",
                "{'oauth2':{'tokenUrl':'https://idp.example','clientId':'c'}}         | body.oauth2.clientSecret",
                "{'oauth2':{'tokenUrl':'https://idp.example','clientId':'c','clientSecret':'s','scope':1}} | body.oauth2.scope",
                "{'oauth2':{'tokenUrl':'https://idp.example','clientId':'c','clientSecret':'s','clientAuthentication':'jwt'}} | body.oauth2.clientAuthentication",
                "{'mutualTls':{'certificate':'x'}}                                    | body.mutualTls.privateKey",
                "{'mutualTls':{'certificate':'x','privateKey':'y'}}                   | body.mutualTls.certificate",
                "{'ca':'no certificate'}                                              | body.ca",
                "{'ca':{}}                                                            | body.ca",
            })
    void whatCannotBeUsedIsRefusedAndNamed(String json, String field) {
        assertThatThrownBy(() -> of(json))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(422))
                .hasMessageStartingWith(field + ": ");
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> of("{'bearer':{'token':'" + "a".repeat(4_097) + "'}}"))
                .hasMessage("body.bearer.token: must be at most 4096 characters of visible ASCII");
        assertThatThrownBy(() -> of("{'ca':'" + "a".repeat(65_537) + "'}"))
                .hasMessage("body.ca: must have at most 65536 characters");
    }

    @Test
    void aKeyOfRsaIsAsGoodAsOneOfACurve() {
        Certified rsa = AUTHORITY.issueRsa("rsa");

        assertThat(of(json(rsa.certificatePem(), rsa.keyPem())).tls().certificate())
                .isPresent();
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefused() {
        Certified other = AUTHORITY.issue("other");
        Certified rsa = AUTHORITY.issueRsa("rsa");

        assertRefused(CLIENT.certificatePem(), other.keyPem(), "privateKey: must be the key of the first certificate");
        assertRefused(
                CLIENT.certificatePem(), rsa.keyPem(), "privateKey: must be a key of the certificate's algorithm");
        assertRefused(
                CLIENT.certificatePem(),
                CLIENT.keyPem().replace("PRIVATE KEY", "EC PRIVATE KEY"),
                "privateKey: must be one unencrypted PRIVATE KEY in PEM; `openssl pkcs8 -topk8 -nodes` makes one of"
                        + " other forms");
    }

    @Test
    void aChainThatIsNoneIsRefused() {
        Certified other = AUTHORITY.issue("other");

        assertRefused(
                CLIENT.certificatePem() + other.certificatePem(),
                CLIENT.keyPem(),
                "certificate: must follow one another, each issued by the next");
    }

    @Test
    void aCertificateThatHasExpiredIsRefused() {
        Certified expired = AUTHORITY.issueExpired("expired");

        assertThatThrownBy(() -> of(json(expired.certificatePem(), expired.keyPem())))
                .hasMessageStartingWith("body.mutualTls.certificate: must not have expired, as it did at ");
    }

    private static void assertRefused(String certificate, String key, String message) {
        assertThatThrownBy(() -> of(json(certificate, key)))
                .isInstanceOf(ApiException.class)
                .hasMessage("body.mutualTls." + message);
    }

    private static String json(String certificate, String key) {
        return "{'mutualTls':{'certificate':" + quoted(certificate) + ",'privateKey':" + quoted(key) + "}}";
    }

    private static String quoted(String text) {
        return Json.createValue(text).toString();
    }

    /** @param json with apostrophes for quotation marks */
    private static Credentials of(String json) {
        byte[] body = json.replaceAll("(?<![A-Za-z])'|'(?![A-Za-z])", "\"").getBytes(UTF_8);
        return CredentialsIn.of(JsonFields.parse(new RequestBody(body, Map.of())), true, Instant.now());
    }
}
