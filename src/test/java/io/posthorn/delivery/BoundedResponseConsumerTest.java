package io.posthorn.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedResponseConsumerTest {

    private final List<EndpointResponse> cutShort = new ArrayList<>();
    private final BoundedResponseConsumer consumer = new BoundedResponseConsumer(cutShort::add);

    @BeforeEach
    void anAnswerBegins() {
        consumer.start(new BasicHttpResponse(201), ContentType.TEXT_PLAIN);
    }

    @Test
    void aShortAnswerIsKeptWhole() {
        receive("he");
        receive("llo");

        assertThat(consumer.buildResult()).isEqualTo(new EndpointResponse(201, "hello"));
        assertThat(cutShort).isEmpty();
    }

    @Test
    void anAnswerWithoutABodyIsEmpty() {
        assertThat(consumer.buildResult()).isEqualTo(new EndpointResponse(201, ""));
    }

    @Test
    void whenToComeBackIsReadFromTheAnswer() {
        BasicHttpResponse busy = new BasicHttpResponse(503);
        busy.addHeader("retry-after", "120");

        consumer.start(busy, ContentType.TEXT_PLAIN);

        assertThat(consumer.buildResult()).isEqualTo(new EndpointResponse(503, "", Optional.of("120")));
    }

    @Test
    void anAnswerThatEndsWhereItIsFullIsNotCutShort() {
        consumer.data(ByteBuffer.wrap("x".repeat(20_000).getBytes(UTF_8)), true);

        assertThat(consumer.buildResult().body()).hasSize(20_000);
        assertThat(cutShort).isEmpty();
    }

    @Test
    void anAnswerThatIsFullIsNotWaitedForTillItsEnd() {
        receive("x".repeat(19_999));
        assertThat(cutShort).isEmpty();

        receive("y");

        assertThat(cutShort).containsExactly(new EndpointResponse(201, "x".repeat(19_999) + "y"));
    }

    @Test
    void ofALongAnswerTheBeginningIsKept() {
        receive("x".repeat(19_999) + "yz");

        assertThat(cutShort).containsExactly(new EndpointResponse(201, "x".repeat(19_999) + "y"));
    }

    @Test
    void whatComesAfterTheCutIsNotReportedAgain() {
        receive("x".repeat(20_001));
        receive("y");

        assertThat(cutShort).hasSize(1);
    }

    @Test
    void aChunkThatDoesNotFitIsConsumedAllTheSame() {
        ByteBuffer chunk = ByteBuffer.wrap(new byte[50_000]);

        consumer.data(chunk, false);

        assertThat(chunk.hasRemaining()).isFalse();
    }

    @Test
    void aByteThatPostgresCannotStoreIsReplaced() {
        receive("a\0b");

        assertThat(consumer.buildResult().body()).isEqualTo("a\uFFFDb");
    }

    @Test
    void whatIsNoTextIsKeptInBase64() {
        receive(new byte[] {(byte) 0xFF, 0, 'a'});

        assertThat(consumer.buildResult().body()).isEqualTo("/wBh");
    }

    @Test
    void anAnswerThatEndsWithinALetterIsNoText() {
        receive(new byte[] {'a', (byte) 0xC3});

        assertThat(consumer.buildResult().body()).isEqualTo("YcM=");
    }

    @Test
    void aLetterThatIsCutInTwoIsLeftOut() {
        receive("x".repeat(19_999) + "é");

        assertThat(cutShort).containsExactly(new EndpointResponse(201, "x".repeat(19_999)));
    }

    private void receive(String chunk) {
        receive(chunk.getBytes(UTF_8));
    }

    private void receive(byte[] chunk) {
        consumer.data(ByteBuffer.wrap(chunk), false);
    }
}
