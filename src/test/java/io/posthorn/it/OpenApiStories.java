package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.ConsoleRender;

/** What the API says of itself. */
abstract class OpenApiStories extends StoryFixture {

    private static final Path DOCUMENT = Path.of("src/main/webapp/WEB-INF/classes/META-INF/openapi.yaml");

    @Test
    void whoCanUseTheSvixServerByItsDocumentCanUseThisOne() {
        ChangedOpenApi difference = OpenApiCompare.fromContents(SvixContract.document(), served());

        assertThat(difference.isCompatible()).as(() -> told(difference)).isTrue();
    }

    @Test
    void theServerServesTheDocumentAsItWasWritten() throws IOException {
        ChangedOpenApi difference = OpenApiCompare.fromContents(Files.readString(DOCUMENT), served());

        assertThat(difference.isUnchanged()).as(() -> told(difference)).isTrue();
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
