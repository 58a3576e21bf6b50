package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.svix.api.EventTypeDeleteOptions;
import com.svix.api.EventTypeListOptions;
import com.svix.exceptions.ApiException;
import com.svix.models.EventTypeIn;
import com.svix.models.EventTypeOut;
import com.svix.models.EventTypePatch;
import com.svix.models.EventTypeUpdate;
import com.svix.models.ListResponseEventTypeOut;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event types, messages, and requests that are made twice. */
abstract class MessageStories extends StoryFixture {

    // Event types ------------------------------------------------------------------------------------------------

    @Test
    void eventTypesAreListedBytewiseByNameAndWalkedInBothDirections() throws Exception {
        String prefix = uid();
        for (String name : List.of("b", "B", "a.z", "a-z")) {
            eventType(prefix + name);
        }
        ListResponseEventTypeOut page = svix.getEventType().list(from(prefix, 3));

        assertThat(names(page)).containsExactly(prefix + "B", prefix + "a-z", prefix + "a.z");
        assertThat(page.getIterator()).isEqualTo(prefix + "a.z");
        assertThat(names(svix.getEventType().list(from("-" + prefix + "b", 2))))
                .containsExactly(prefix + "a-z", prefix + "a.z");
    }

    @Test
    void theOrderOfEventTypesIsCheckedAndHasNoEffect() {
        String ascending =
                gateway.manage("GET", "/api/v1/event-type?order=ascending", "").body();

        assertThat(gateway.manage("GET", "/api/v1/event-type?order=descending", "")
                        .body())
                .isEqualTo(ascending);
        assertThat(gateway.manage("GET", "/api/v1/event-type?order=sideways", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.manage("GET", "/api/v1/event-type?iterator=a%20b", "")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void aListOfEventTypesHidesSchemasAndArchivedOnesUnlessAskedForThem() throws Exception {
        String name = uid();
        svix.getEventType().create(new EventTypeIn().name(name).description("d").schemas(Map.of("1", object())));
        EventTypeListOptions plain = from(before(name), 1);

        assertThat(svix.getEventType().list(plain).getData().get(0).getSchemas())
                .isNull();
        EventTypeListOptions withContent = from(before(name), 1);
        withContent.setWithContent(true);
        assertThat(svix.getEventType().list(withContent).getData().get(0).getSchemas())
                .isNotNull();

        svix.getEventType().delete(name);

        assertThat(names(svix.getEventType().list(plain))).doesNotContain(name);
        EventTypeListOptions withArchived = from(before(name), 1);
        withArchived.setIncludeArchived(true);
        assertThat(names(svix.getEventType().list(withArchived))).contains(name);
    }

    @Test
    void puttingAnEventTypeCreatesItAndThenReplacesItWhateverNameTheBodyHas() throws Exception {
        String name = uid();
        String path = "/api/v1/event-type/" + name;

        HttpResponse<String> created =
                gateway.manage("PUT", path, "{\"name\":\"other\",\"description\":\"one\",\"featureFlag\":\"f\"}");
        HttpResponse<String> replaced = gateway.manage("PUT", path, "{\"description\":\"two\",\"deprecated\":true}");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(Gateway.json(created).getString("name")).isEqualTo(name);
        assertThat(replaced.statusCode()).isEqualTo(200);
        EventTypeOut read = svix.getEventType().get(name);
        assertThat(read.getDescription()).isEqualTo("two");
        assertThat(read.getFeatureFlag()).isNull();
        assertThat(read.getDeprecated()).isTrue();
        assertThat(gateway.manage("PUT", "/api/v1/event-type/a%20b", "{\"description\":\"x\"}")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void patchingAnEventTypeChangesWhatIsThereAndClearsWhatIsNull() throws Exception {
        String name = uid();
        svix.getEventType()
                .create(new EventTypeIn()
                        .name(name)
                        .description("d")
                        .featureFlag("f")
                        .schemas(Map.of("1", object())));

        EventTypeOut described = svix.getEventType().patch(name, new EventTypePatch().description("new"));
        HttpResponse<String> cleared =
                gateway.manage("PATCH", "/api/v1/event-type/" + name, "{\"schemas\":null,\"featureFlag\":null}");

        assertThat(described.getDescription()).isEqualTo("new");
        assertThat(described.getFeatureFlag()).isEqualTo("f");
        assertThat(described.getSchemas()).isNotNull();
        assertThat(cleared.body()).contains("\"schemas\":null", "\"featureFlag\":null", "\"description\":\"new\"");
        assertThat(svix.getEventType().get(name).getSchemas()).isNull();
        assertThat(gateway.manage("PATCH", "/api/v1/event-type/" + name, "{\"description\":null}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(gateway.manage("PATCH", "/api/v1/event-type/" + uid(), "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void deletingAnEventTypeArchivesItAsOftenAsOneLikesAndExpungingRemovesIt() throws Exception {
        String name = uid();
        eventType(name);

        svix.getEventType().delete(name);
        svix.getEventType().delete(name);

        assertThat(svix.getEventType().get(name).getArchived()).isTrue();

        svix.getEventType().update(name, new EventTypeUpdate().description("again"));

        assertThat(svix.getEventType().get(name).getArchived()).isFalse();

        EventTypeDeleteOptions expunge = new EventTypeDeleteOptions();
        expunge.setExpunge(true);
        svix.getEventType().delete(name, expunge);

        assertThatThrownBy(() -> svix.getEventType().get(name)).isInstanceOf(ApiException.class);
        assertThat(gateway.manage("DELETE", "/api/v1/event-type/" + name, "").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"1\":{\"type\":\"nothing\"}}",
                "{\"1\":{\"pattern\":\"(\"}}",
                "{\"1\":{\"required\":\"a\"}}",
                "{\"1\":true}",
                "{\"1\":null}",
                "[]"
            })
    void aSchemaThatIsNoJsonSchemaIsRefusedAndNamed(String schemas) {
        HttpResponse<String> answer = gateway.manage(
                "POST",
                "/api/v1/event-type",
                "{\"name\":\"" + uid() + "\",\"description\":\"d\",\"schemas\":" + schemas + "}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"loc\":[\"body\",\"schemas\"]");
    }

    // ------------------------------------------------------------------------------------------------------------

    private static Object object() {
        return Map.of("$schema", "http://json-schema.org/draft-07/schema#", "type", "object");
    }

    private static EventTypeListOptions from(String iterator, long limit) {
        EventTypeListOptions options = new EventTypeListOptions();
        options.setIterator(iterator);
        options.setLimit(limit);
        return options;
    }

    private void eventType(String name) throws Exception {
        svix.getEventType().create(new EventTypeIn().name(name).description("a type"));
    }

    private static List<String> names(ListResponseEventTypeOut page) {
        return page.getData().stream().map(EventTypeOut::getName).toList();
    }

    /** A name that sorts just before. */
    private static String before(String name) {
        return name.substring(0, name.length() - 1);
    }
}
