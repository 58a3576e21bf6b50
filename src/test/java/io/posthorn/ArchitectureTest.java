package io.posthorn;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.posthorn.access.Authenticated;
import jakarta.json.Json;
import jakarta.ws.rs.Path;
import java.io.ByteArrayOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Scanner;
import java.util.stream.Stream;

/** Packages by feature, whose arrows point one way. */
@AnalyzeClasses(packages = "io.posthorn", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.posthorn";

    @ArchTest
    static final ArchRule whatApplicationsTouchKnowsNothingBehindIt = mayUse("");

    @ArchTest
    static final ArchRule signatureIsPure = mayUse("signature");

    @ArchTest
    static final ArchRule configUsesNothing = mayUse("config");

    @ArchTest
    static final ArchRule restKnowsNoFeature = mayUse("rest", "config", "persistence");

    @ArchTest
    static final ArchRule workKnowsNoFeature = mayUse("work", "config");

    @ArchTest
    static final ArchRule persistenceKnowsNoFeature = mayUse("persistence", "config");

    @ArchTest
    static final ArchRule observeKnowsNoFeature = mayUse("observe", "config");

    @ArchTest
    static final ArchRule accessKnowsNoOtherFeature = mayUse("access", "config", "persistence", "rest");

    @ArchTest
    static final ArchRule sourceBuildsOnSignature =
            mayUse("source", "access", "config", "persistence", "rest", "signature");

    @ArchTest
    static final ArchRule inboundBuildsOnSource = mayUse(
            "inbound", "", "access", "config", "observe", "persistence", "rest", "signature", "source", "task", "work");

    @ArchTest
    static final ArchRule endpointBuildsOnSignature =
            mayUse("endpoint", "access", "config", "persistence", "rest", "signature");

    @ArchTest
    static final ArchRule messageBuildsOnEndpoint =
            mayUse("message", "", "access", "config", "endpoint", "persistence", "rest");

    @ArchTest
    static final ArchRule deliveryBuildsOnMessage = mayUse(
            "delivery",
            "access",
            "config",
            "endpoint",
            "message",
            "observe",
            "persistence",
            "rest",
            "signature",
            "task",
            "work");

    @ArchTest
    static final ArchRule forwardJoinsInboundToMessage =
            mayUse("forward", "access", "endpoint", "inbound", "message", "rest", "signature", "source");

    @ArchTest
    static final ArchRule operationalTellsOfDelivery =
            mayUse("operational", "access", "config", "delivery", "endpoint", "forward", "message", "rest");

    @ArchTest
    static final ArchRule taskKnowsNoFeature = mayUse("task", "access", "config", "persistence", "rest", "work");

    @ArchTest
    static final ArchRule nothingDependsOnBoot = noClasses()
            .that()
            .resideOutsideOfPackage("io.posthorn.boot")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.posthorn.boot");

    @ArchTest
    static final ArchRule everyPackageIsOneOfThese = classes()
            .should()
            .resideInAnyPackage(packages(
                    "",
                    "access",
                    "boot",
                    "config",
                    "delivery",
                    "endpoint",
                    "forward",
                    "inbound",
                    "json",
                    "message",
                    "observe",
                    "operational",
                    "persistence",
                    "rest",
                    "signature",
                    "source",
                    "task",
                    "work"));

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.posthorn.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule resourcesTranslateAndDelegate = noClasses()
            .that()
            .areAnnotatedWith(Path.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "java.sql..", "javax.sql..");

    /** A resource that forgets it would be open to everybody: senders show a signature instead, and a ping asks for nothing. */
    @ArchTest
    static final ArchRule resourcesAskForAToken = classes()
            .that()
            .areAnnotatedWith(Path.class)
            .and()
            .haveNameNotMatching("io\\.posthorn\\.(inbound\\.WebhookResource|observe\\.PingResource)")
            .should()
            .beAnnotatedWith(Authenticated.class);

    @ArchTest
    static final ArchRule timeComesFromTheInjectedClock = noClasses()
            .that()
            .resideOutsideOfPackage("io.posthorn.config")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    /** Else a sender could make the server ask a name server whatever it likes. */
    @ArchTest
    static final ArchRule namesAreLookedUpForDeliveriesAlone = noClasses()
            .that()
            .resideOutsideOfPackage("io.posthorn.delivery")
            .should()
            .callMethod(InetAddress.class, "getByName", String.class)
            .orShould()
            .callMethod(InetAddress.class, "getAllByName", String.class);

    /** Else a server with another {@code file.encoding} would hash, store and send other bytes. */
    @ArchTest
    static final ArchRule nothingDependsOnTheCharsetOfThePlatform = noClasses()
            .should()
            .callMethod(String.class, "getBytes")
            .orShould()
            .callConstructor(String.class, byte[].class)
            .orShould()
            .callConstructor(String.class, byte[].class, int.class, int.class)
            .orShould()
            .callConstructor(InputStreamReader.class, InputStream.class)
            .orShould()
            .callConstructor(OutputStreamWriter.class, OutputStream.class)
            .orShould()
            .callConstructor(PrintWriter.class, OutputStream.class)
            .orShould()
            .callMethod(ByteArrayOutputStream.class, "toString")
            .orShould()
            .callMethod(URLDecoder.class, "decode", String.class)
            .orShould()
            .callMethod(URLEncoder.class, "encode", String.class)
            .orShould()
            .callMethod(Charset.class, "defaultCharset")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(FileReader.class, FileWriter.class, PrintStream.class, Scanner.class);

    @ArchTest
    static final ArchRule theJsonProviderIsLookedUpOnce =
            noClasses().should().dependOnClassesThat().areAssignableTo(Json.class);

    @ArchTest
    static final ArchRule nobodyUsesTheOldDates = noClasses()
            .that()
            // The platform's certificates speak of them.
            .doNotHaveFullyQualifiedName("io.posthorn.config.Certificates")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Date|Calendar)|java\\.text\\.SimpleDateFormat");

    @ArchTest
    static final ArchRule nobodyPrintsToTheConsole = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule logsGoThroughThePlatformsLogger = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    /** Of Posthorn's packages, the named one uses itself, {@code json} and those listed; the empty name is the root package. */
    private static ArchRule mayUse(String name, String... others) {
        String[] allowed =
                Stream.concat(Stream.of(name, "json"), Arrays.stream(others)).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(packageOf(name))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(resideInAnyPackage(packages(allowed)).negate()));
    }

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(ArchitectureTest::packageOf).toArray(String[]::new);
    }

    private static String packageOf(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }
}
