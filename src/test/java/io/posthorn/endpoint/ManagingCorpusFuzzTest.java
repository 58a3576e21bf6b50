package io.posthorn.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import io.posthorn.rest.StorableText;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Bodies of the management API, tried as those of each kind of entity. See {@code ReceivingCorpusFuzzTest}. */
class ManagingCorpusFuzzTest {

    private static final List<Function<JsonFields, Object>> KINDS = List.of(
            ApplicationIn::of,
            fields -> EndpointIn.of(fields, false),
            EventTypeIn::of,
            EndpointHeaders::required,
            fields -> fields.requiredRawObject("payload"),
            fields -> fields.requiredTime("since"));

    @FuzzTest
    void aBodyIsReadOrRefused(byte[] body) {
        for (Function<JsonFields, Object> kind : KINDS) {
            try {
                Object read = kind.apply(JsonFields.parse(new RequestBody(body, Map.of())));

                assertThat(StorableText.is(read.toString())).isTrue();
            } catch (ApiException refused) {
                assertThat(refused.status()).isEqualTo(422);
            }
        }
    }
}
