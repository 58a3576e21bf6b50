package io.posthorn.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** A one-line file that holds a secret and that only its owner can read. */
public record OwnerOnlyFile(Path path) {

    public boolean exists() {
        return Files.exists(path);
    }

    /** What the file holds; where there is no file, what the supplier gives, which is then kept. */
    public String readOrCreate(Supplier<String> supplier) {
        try {
            if (!exists()) {
                Files.createFile(path, ownerOnly());
                Files.writeString(path, supplier.get() + System.lineSeparator());
            }
            return Files.readString(path).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or write " + path, e);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
