package io.posthorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerOnlyFileTest {

    @TempDir
    Path directory;

    @Test
    void whatIsMadeOnceIsReadFromThenOn() throws IOException {
        assertThat(file().readOrCreate(() -> "first")).isEqualTo("first");

        assertThat(file().readOrCreate(() -> "second")).isEqualTo("first");
        assertThat(Files.getPosixFilePermissions(file().path()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(directory).isDirectoryContaining("glob:**/secret").isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void whoIsInterruptedLeavesNoFileThatLooksFinished() throws IOException {
        assertThatThrownBy(() -> file().readOrCreate(() -> {
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        Files.createFile(directory.resolve("secret.new"));

        assertThat(file().exists()).isFalse();
        assertThat(file().readOrCreate(() -> "next")).isEqualTo("next");
    }

    /** Else everybody would know the secret. */
    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void anEmptyFileIsNoSecret(String text) throws IOException {
        Files.writeString(file().path(), text);

        assertThatThrownBy(() -> file().readOrCreate(() -> "next"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "Invalid setting posthorn.data-dir=" + directory
                                + ": expected a directory whose file secret is not empty; where there is none, a new one is made");
    }

    private OwnerOnlyFile file() {
        return new OwnerOnlyFile(directory.resolve("secret"));
    }
}
