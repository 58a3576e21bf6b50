package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

class InteropTest {

    private static final String REASON = "npm is not on the path";

    @Test
    void whatIsMissingAbortsTheTestAndIsNamed() {
        assertThatThrownBy(() -> Interop.needs(false, REASON, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining(REASON);
    }

    @Test
    void whatIsMissingFailsTheTestWhereItIsRequired() {
        assertThatThrownBy(() -> Interop.needs(false, REASON, true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(REASON);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereNothingIsMissingTheTestGoesOn(boolean isRequired) {
        assertThatCode(() -> Interop.needs(true, REASON, isRequired)).doesNotThrowAnyException();
    }
}
