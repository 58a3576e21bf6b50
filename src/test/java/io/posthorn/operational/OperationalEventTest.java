package io.posthorn.operational;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationalEventTest {

    /** What Svix has and Posthorn has not: who waits for a task asks for it, and a log of attempts is Svix's own affair. */
    private static final List<String> LEFT_OUT = List.of("background_task.finished", "message.attempt.log");

    @Test
    void theTypesAreThoseOfSvix() throws IOException {
        assertThat(Arrays.stream(OperationalEvent.values()).map(OperationalEvent::type))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(document().keySet().stream()
                        .filter(type -> !LEFT_OUT.contains(type))
                        .toList());
    }

    @Test
    void someHaveACounterpartForTheEndpointsOfSources() {
        assertThat(OperationalEvent.ENDPOINT_DISABLED.ofSource()).contains(OperationalEvent.SOURCE_ENDPOINT_DISABLED);
        assertThat(OperationalEvent.ATTEMPT_FAILING.ofSource()).contains(OperationalEvent.SOURCE_ATTEMPT_FAILING);
        assertThat(OperationalEvent.ATTEMPT_EXHAUSTED.ofSource()).contains(OperationalEvent.SOURCE_ATTEMPT_EXHAUSTED);
        assertThat(OperationalEvent.ATTEMPT_RECOVERED.ofSource()).contains(OperationalEvent.SOURCE_ATTEMPT_RECOVERED);
        assertThat(OperationalEvent.ENDPOINT_CREATED.ofSource()).isEmpty();
        assertThat(OperationalEvent.ENDPOINT_ENABLED.ofSource()).isEmpty();
    }

    private static JsonObject document() throws IOException {
        try (InputStream stream =
                        OperationalEventTest.class.getResourceAsStream("/io/posthorn/it/svix-operations-openapi.json");
                JsonReader reader = Json.createReader(stream)) {
            return reader.readObject().getJsonObject("webhooks");
        }
    }
}
