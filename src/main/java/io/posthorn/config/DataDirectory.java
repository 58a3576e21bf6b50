package io.posthorn.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory that keeps what Posthorn makes for itself: the H2 file, the generated token and the master key. */
public final class DataDirectory {

    static final String KEY = "posthorn.data-dir";

    private DataDirectory() {}

    static Path from(SettingReader reader) {
        return reader.parse(KEY, Path.of("posthorn-data"), "a directory that can be written to", text -> {
                    try {
                        return Path.of(text);
                    } catch (InvalidPathException e) {
                        throw new IllegalArgumentException(text, e);
                    }
                })
                .toAbsolutePath();
    }

    /**
     * Makes the directory, if need be, for its owner alone where the file system knows owners.
     *
     * @throws InvalidSettingException if it cannot be made
     */
    public static Path create(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                }
            }
            return directory;
        } catch (IOException e) {
            throw new InvalidSettingException(KEY, directory.toString(), "a directory that can be written to");
        }
    }
}
