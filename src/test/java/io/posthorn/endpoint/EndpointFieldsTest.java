package io.posthorn.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointFieldsTest {

    private static final JsonFields HTTP = fields("{\"url\":\"http://example.com/\"}");
    private static final EndpointFields DESCRIBED =
            EndpointFields.of(fields("{\"url\":\"https://example.com/\"}"), true);

    @Test
    void whereHttpsIsAskedForNoEndpointIsMadeOrMovedElsewhere() {
        assertThatThrownBy(() -> EndpointFields.of(HTTP, true)).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> DESCRIBED.patched(HTTP, true)).isInstanceOf(ApiException.class);
    }

    @Test
    void whereItIsNotAnEndpointMayBeMadeAndMovedAnywhere() {
        assertThat(EndpointFields.of(HTTP, false).url()).isEqualTo("http://example.com/");
        assertThat(DESCRIBED.patched(HTTP, false).url()).isEqualTo("http://example.com/");
    }

    @Test
    void anEndpointThatHadHttpBeforeMayBeChangedOtherwise() {
        EndpointFields older = EndpointFields.of(HTTP, false);

        assertThat(older.patched(fields("{\"description\":\"d\"}"), true).url()).isEqualTo("http://example.com/");
    }

    private static JsonFields fields(String json) {
        return JsonFields.parse(new RequestBody(json.getBytes(UTF_8), Map.of()));
    }
}
