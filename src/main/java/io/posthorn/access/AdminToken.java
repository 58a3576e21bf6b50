package io.posthorn.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.DataDirectory;
import io.posthorn.config.OwnerOnlyFile;
import io.posthorn.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The token of the default organization: the configured one, or one that is generated once and kept in a file. */
@ApplicationScoped
public class AdminToken {

    private static final String FILE = "admin-token";
    private static final int GENERATED_BYTES = 24;

    @Inject
    Settings settings;

    private byte[] token;
    private Optional<String> newlyGenerated = Optional.empty();

    @PostConstruct
    void load() {
        token = settings.adminToken().orElseGet(this::stored).getBytes(UTF_8);
    }

    private String stored() {
        OwnerOnlyFile file =
                new OwnerOnlyFile(DataDirectory.create(settings.dataDirectory()).resolve(FILE));
        boolean isNew = !file.exists();
        String stored = file.readOrCreate(AdminToken::generate);
        if (isNew) {
            newlyGenerated = Optional.of(stored);
        }
        return stored;
    }

    /** A text that nobody can guess. */
    static String generate() {
        byte[] bytes = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "ph_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    boolean matches(String given) {
        return MessageDigest.isEqual(token, given.getBytes(UTF_8));
    }

    /** The token if this start has generated it, to be shown once. */
    public Optional<String> newlyGenerated() {
        return newlyGenerated;
    }

    /** Where a generated token is kept; empty if the token is configured. */
    public Optional<Path> file() {
        return settings.adminToken().isPresent()
                ? Optional.empty()
                : Optional.of(settings.dataDirectory().resolve(FILE));
    }
}
