package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptResultTest {

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 299})
    void aStatusInTheTwoHundredsIsSuccess(int status) {
        assertThat(answered(status).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 199, 300, 404, 500})
    void anyOtherStatusIsAFailureThatWasAnswered(int status) {
        assertThat(answered(status).isSuccess()).isFalse();
        assertThat(answered(status).status()).isNotZero();
    }

    @Test
    void aFaultIsAFailureThatWasNotAnswered() {
        AttemptResult result = AttemptResult.failed(new IOException("reset"), Duration.ZERO);

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void aStatusOfWhoHasTooMuchToDoIsOverload(int status) {
        assertThat(answered(status).isOverload()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 408, 425, 500, 501, 505})
    void noOtherStatusIsOverload(int status) {
        assertThat(answered(status).isOverload()).isFalse();
    }

    @Test
    void silenceIsOverloadAndABrokenConnectionIsNot() {
        assertThat(AttemptResult.failed(new TimeoutException("after 15 s"), Duration.ZERO)
                        .isOverload())
                .isTrue();
        assertThat(AttemptResult.failed(new IOException("reset"), Duration.ZERO).isOverload())
                .isFalse();
    }

    @Test
    void aFaultIsToldInWords() {
        assertThat(told(new UnknownHostException("no.example"))).isEqualTo("the host cannot be resolved: no.example");
        assertThat(told(new ConnectException("refused"))).isEqualTo("cannot connect: refused");
        assertThat(told(new TimeoutException("after 15 s"))).isEqualTo("no complete answer within the timeout");
        assertThat(told(new ClosedChannelException()))
                .isEqualTo(told(new ConnectionClosedException()))
                .isEqualTo("the connection was closed before the answer was complete");
        assertThat(told(new IOException("reset"))).isEqualTo("IOException: reset");
    }

    @Test
    void theFaultInsideItsWrappersIsTold() {
        Throwable wrapped =
                new CompletionException(new ExecutionException(new TransportFault(new ConnectException("refused"))));

        assertThat(told(wrapped)).isEqualTo("cannot connect: refused");
    }

    private static String told(Throwable error) {
        return AttemptResult.failed(error, Duration.ZERO).response();
    }

    private static AttemptResult answered(int status) {
        return AttemptResult.answered(new EndpointResponse(status, ""), Duration.ZERO);
    }
}
