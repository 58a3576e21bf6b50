package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "",
                "/api/v1/app/a-b_c.d/",
                "//",
                "/a:b;c=d,e+f@g",
                "/caf%C3%A9",
                "/%F0%9F%98%8A",
                "/a%2Fb",
                "/*"
            })
    void aPathIsAPath(String raw) {
        assertThat(RequestGuard.isPath(raw)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%00",
                "/a%00b",
                "/%",
                "/%2",
                "/%zz",
                "/%ff",
                "/%C3%28",
                "/%ED%A0%80",
                "/%C0%80",
                "/[",
                "/]",
                "/{",
                "/a b",
                "/\\",
                "/\u0000"
            })
    void whatCannotBeDecodedIsNone(String raw) {
        assertThat(RequestGuard.isPath(raw)).isFalse();
    }
}
