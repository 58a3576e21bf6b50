package io.posthorn;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Secrets, signatures and tokens are compared by {@link MessageDigest#isEqual} alone. Wherever they are at hand, every
 * comparison that ends with the first difference has been looked at, and is listed here with what it compares.
 */
class ConstantTimeTest {

    private static final Map<String, String> REVIEWED = Map.ofEntries(
            Map.entry("access.AuthenticationFilter.filter", "the request's method"),
            Map.entry("access.BearerToken.of", "the word Bearer"),
            Map.entry("access.JwtKeys.of", "the configured algorithm"),
            Map.entry("access.Role.of", "a role's name"),
            Map.entry("access.TokenSecurity.isUserInRole", "the names of roles"),
            Map.entry("inbound.ArrivalParser.claimsJson", "content types"),
            Map.entry("inbound.ClientRequest.isDefault", "the schemes and ports of URLs"),
            Map.entry("inbound.Dispatch.call", "the names of observers"),
            Map.entry("inbound.DispatchRecord$Id.equals", "the ids of events"),
            Map.entry("inbound.EventDispatch.dispatch", "the claims of nodes, which no request has"),
            Map.entry("inbound.EventObservers.hear", "the ids of organizations"),
            Map.entry("inbound.EventQualifiers.of", "the names of sources"),
            Map.entry("inbound.FormFields.isForm", "content types"),
            Map.entry("inbound.Handshakes.discord", "the type of a ping"),
            Map.entry("inbound.Handshakes.meta", "the mode of a subscription"),
            Map.entry("inbound.Handshakes.post", "the types of handshakes"),
            Map.entry("inbound.InboxEvent.comesFrom", "the names of sources"),
            Map.entry("inbound.InboxKey$Id.equals", "the ids of events, once they have been verified"),
            Map.entry("inbound.InboxReplay.handles", "the names of tasks"),
            Map.entry("inbound.InboxView.get", "the ids of organizations and sources"),
            Map.entry("inbound.ObserverCall.isDone", "phases and outcomes"),
            Map.entry("inbound.ProxyHeaders.parameter", "the names of parameters"),
            Map.entry("inbound.QueryString.first", "the names of parameters"),
            Map.entry("inbound.StoredHeaders.toJson", "the names of headers"),
            Map.entry("signature.DeclaredSignature.content", "the placeholders of a template"),
            Map.entry("signature.HeaderSyntax.parse", "the names of pairs"),
            Map.entry("signature.PayPalSignature.verify", "the name of the algorithm"),
            Map.entry("signature.SigningSecret.isSymmetric", "the version of a scheme"),
            Map.entry("signature.TwilioSignature.urls", "the scheme of a URL"),
            Map.entry("source.ConfiguredSources.has", "the ids of organizations"),
            Map.entry("source.CustomScheme.choice", "the names of choices"),
            Map.entry("source.CustomScheme.separator", "the separators of pairs"),
            Map.entry("source.NestedBatch$Surroundings.of", "the names of members"),
            Map.entry("source.NestedBatch$Surroundings.written", "the names of members"),
            Map.entry("source.NestedBatch.elements", "the names of members"),
            Map.entry("source.PayPalCertificates.isPayPals", "the scheme of a URL"),
            Map.entry("source.PayPalCertificates.namesPayPal", "the parts of a certificate's name"),
            Map.entry("source.SourceConfig.<clinit>", "the names of settings"),
            Map.entry("source.SourceConfig.allowed", "the names of settings"),
            Map.entry("source.SourceConfig.checked", "the names of settings"),
            Map.entry("source.SourceConfig.isOf", "the names of settings"),
            Map.entry("source.SourceConfig.readable", "the names of settings"),
            Map.entry("source.SourceConfig.settings", "the names of settings"),
            Map.entry("source.SourceParser.isType", "the types of sources"),
            Map.entry("source.SourceParser.order", "the word for a whole source"),
            Map.entry("source.SourceParser.parse", "the types and names of sources"),
            Map.entry("source.SourceParser.parseStored", "the types of sources"),
            Map.entry("source.SourceRules.matches", "event types"),
            Map.entry("source.SourceRules.takesContentType", "content types"),
            Map.entry("source.SourceType.ofConfigName", "the types of sources"),
            Map.entry("source.StoredSources.describe", "the uids of sources"),
            Map.entry("source.StoredSources.isUnverified", "the types of sources"));

    /** Where secrets are at hand. */
    private static final Set<String> PLACES =
            Set.of("io.posthorn.access", "io.posthorn.inbound", "io.posthorn.signature", "io.posthorn.source");

    private static final Map<String, Set<String>> ENDING_EARLY = Map.of(
            "java.lang.String",
            Set.of("compareTo", "compareToIgnoreCase", "contentEquals", "equals", "equalsIgnoreCase", "regionMatches"),
            "java.lang.Object",
            Set.of("equals"),
            "java.util.Objects",
            Set.of("equals", "deepEquals"),
            "java.util.Arrays",
            Set.of("compare", "deepEquals", "equals", "mismatch"),
            "java.util.Collection",
            Set.of("contains"),
            "java.util.List",
            Set.of("contains", "indexOf"),
            "java.util.Set",
            Set.of("contains"),
            "java.nio.ByteBuffer",
            Set.of("compareTo", "equals", "mismatch"));

    private final JavaClasses classes =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.posthorn");

    @Test
    void nothingButWhatWasReviewedIsComparedWithAnEarlyEnd() {
        assertThat(callers(ConstantTimeTest::endsEarly)).isEqualTo(new TreeSet<>(REVIEWED.keySet()));
    }

    @Test
    void secretsAreComparedInConstantTime() {
        assertThat(callers(access -> access.getTargetOwner().isEquivalentTo(MessageDigest.class)
                        && access.getName().equals("isEqual")))
                .containsExactlyInAnyOrder(
                        "access.AdminToken.matches",
                        "access.Tokens.isSigningSecret",
                        "inbound.Handshakes.meta",
                        "signature.Hmac.sameInConstantTime");
    }

    /** Public keys have comparisons of their own, within the platform. */
    @Test
    void whateverVerifiesComparesByThatMethodToo() {
        assertThat(callers(access -> access.getName().equals("sameInConstantTime")))
                .containsExactlyInAnyOrder(
                        "signature.Ed25519Secret.parse",
                        "signature.SignatureAlgorithm.hmac",
                        "signature.SignatureAlgorithm$1.check",
                        "signature.TwilioSignature.verify");
    }

    private Set<String> callers(Predicate<JavaAccess<?>> of) {
        return classes.stream()
                .filter(type -> PLACES.contains(type.getPackageName()))
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> accesses(unit).anyMatch(of))
                .map(ConstantTimeTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JavaAccess<?>> accesses(JavaCodeUnit unit) {
        return Stream.concat(unit.getCallsFromSelf().stream(), unit.getCodeUnitReferencesFromSelf().stream());
    }

    private static boolean endsEarly(JavaAccess<?> access) {
        return ENDING_EARLY
                .getOrDefault(access.getTargetOwner().getName(), Set.of())
                .contains(access.getName());
    }

    private static String name(JavaCodeUnit unit) {
        JavaClass owner = unit.getOwner();
        return owner.getName().substring("io.posthorn.".length()) + "." + unit.getName();
    }
}
