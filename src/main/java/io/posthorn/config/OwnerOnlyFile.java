package io.posthorn.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** A one-line file that holds a secret and that only its owner can read. */
public record OwnerOnlyFile(Path path) {

    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * What the file holds; where there is no file, what the supplier gives, which is then kept.
     *
     * @throws InvalidSettingException if there is nothing in it, which everybody would know
     */
    public String readOrCreate(Supplier<String> supplier) {
        try {
            if (!exists()) {
                create(supplier.get());
            }
            String text = Files.readString(path).trim();
            if (text.isEmpty()) {
                throw new InvalidSettingException(
                        DataDirectory.KEY,
                        String.valueOf(path.getParent()),
                        "a directory whose file " + path.getFileName()
                                + " is not empty; where there is none, a new one is made");
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or write " + path, e);
        }
    }

    /** Under another name first, so that who is killed in between, or has no room on the disk, leaves no empty file. */
    private void create(String text) throws IOException {
        Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, ownerOnly());
        Files.writeString(unfinished, text + System.lineSeparator(), StandardOpenOption.SYNC, StandardOpenOption.WRITE);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
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
