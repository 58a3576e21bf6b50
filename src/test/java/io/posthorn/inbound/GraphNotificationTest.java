package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import io.posthorn.source.SourceOf;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which notifications of Microsoft Graph are the same one again. Its {@code id} is optional, and many have none.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/changenotification">Microsoft Graph, "changeNotification
 *     resource type"</a>
 */
class GraphNotificationTest {

    private static final Source GRAPH = SourceOf.settings(Map.of("type", "ms-graph", "secret", "state"));

    /** Of Outlook, and with the data of a resource. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"resourceData\":{\"@odata.etag\":\"W/1\",\"id\":\"m-1\"}",
                "\"encryptedContent\":{\"data\":\"AA\",\"dataKey\":\"1\"}",
                "\"id\":\"1\",\"resourceData\":{\"id\":\"m-1\"}"
            })
    void aNotificationWithAMarkOfItsOwnIsKnownAgain(String marked) {
        assertThat(key(marked)).isEqualTo(key(marked)).isNotEqualTo(key(marked.replace('1', '2')));
    }

    /** Of Teams and of the life of a subscription. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"changeType\":\"updated\",\"resourceData\":{\"id\":\"m-1\",\"@odata.id\":\"chats/c-1/messages/m-1\"}",
                "\"lifecycleEvent\":\"missed\""
            })
    void thoseThatDifferInNothingAreNotTakenForOne(String alike) {
        assertThat(key(alike)).isNotEqualTo(key(alike));
    }

    @Test
    void aPointerToAnIdOfOnesOwnDecides() {
        Source own = SourceOf.settings(Map.of("type", "ms-graph", "secret", "state", "id-pointer", "/resourceData/id"));
        String notification = "\"resourceData\":{\"id\":\"m-1\"}";

        assertThat(key(own, notification)).isEqualTo(key(own, notification));
    }

    private static String key(String members) {
        return key(GRAPH, members);
    }

    private static String key(Source source, String members) {
        String body = "{\"value\":[{\"clientState\":\"state\",\"subscriptionId\":\"s-1\"," + members + "}]}";
        WebhookRequest request = new WebhookRequest(RequestHeaders.of(Map.of()), body.getBytes(UTF_8));
        return DedupeKey.of(Arrivals.parse(source, request).get(0));
    }
}
