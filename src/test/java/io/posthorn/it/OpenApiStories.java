package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.ConsoleRender;

/** What the API says of itself. */
abstract class OpenApiStories extends StoryFixture {

    private static final Path DOCUMENT = Path.of("src/main/resources/io/posthorn/boot/openapi.json");

    @Test
    void whoCanUseTheSvixServerByItsDocumentCanUseThisOne() {
        ChangedOpenApi difference = OpenApiCompare.fromContents(SvixContract.SERVER.document(), served());

        assertThat(difference.isCompatible()).as(() -> told(difference)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi", "/openapi/", "/openapi?format=YAML", "/api/v1/openapi.json"})
    void theDocumentIsServedAsItWasWritten(String path) throws IOException {
        HttpResponse<String> answer = gateway.send("GET", path);

        assertThat(answer.body()).isEqualTo(Files.readString(DOCUMENT));
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
    }

    private String served() {
        return gateway.send("GET", "/openapi").body();
    }

    private static String told(ChangedOpenApi difference) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new ConsoleRender().render(difference, new OutputStreamWriter(text, StandardCharsets.UTF_8));
        return text.toString(StandardCharsets.UTF_8);
    }
}
