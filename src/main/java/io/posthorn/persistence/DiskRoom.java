package io.posthorn.persistence;

import io.posthorn.config.DatabaseSettings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an embedded database from filling its disk. H2 closes itself with a write that fails, and a file that has been
 * opened and killed again and again without room for its writes can come back without its last ones; so nothing is begun
 * that might not fit.
 */
final class DiskRoom implements ConnectionPool.Room {

    /** More than the transactions that run already can write. */
    static final long RESERVE_BYTES = 32L << 20;

    private final Path directory;
    private volatile @Nullable FileStore disk;

    DiskRoom(Path directory) {
        this.directory = directory;
    }

    /** Where the database is a file on a disk of this machine, that is; everything fits elsewhere. */
    static ConnectionPool.Room of(DatabaseSettings settings) {
        Optional<Path> files = settings.files();
        return files.isPresent() ? new DiskRoom(files.get()) : () -> {};
    }

    @Override
    public void check() throws SQLException {
        long free = free();
        if (free < RESERVE_BYTES) {
            throw new SQLTransientException("only " + (free >> 20) + " MB are free on the disk of " + directory
                    + ", and " + (RESERVE_BYTES >> 20) + " MB are kept for what the database still has to write");
        }
    }

    private long free() {
        try {
            FileStore known = disk;
            if (known == null) {
                known = Files.getFileStore(directory);
                disk = known;
            }
            return known.getUsableSpace();
        } catch (IOException unknown) {
            // There is no directory yet, or nobody who knows; the database itself says what is wrong.
            return Long.MAX_VALUE;
        }
    }
}
