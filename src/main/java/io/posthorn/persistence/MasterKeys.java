package io.posthorn.persistence;

import io.posthorn.config.DataDirectory;
import io.posthorn.config.DatabaseSettings;
import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.OwnerOnlyFile;
import io.posthorn.config.Settings;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The keys that encrypt stored secrets: those configured or, beside the embedded database, one generated for it. */
final class MasterKeys {

    private static final String KEY = "posthorn.master-key";
    private static final int BYTES = 32;
    private static final String ALLOWED = "the base64 of 32 random bytes, such as `openssl rand -base64 32` prints";

    private MasterKeys() {}

    /** @return at least one key; the first encrypts, all decrypt */
    static List<byte[]> load(Settings settings) {
        if (!settings.masterKeys().isEmpty()) {
            return settings.masterKeys().stream().map(MasterKeys::decode).toList();
        }
        if (settings.database().kind() != DatabaseSettings.Kind.H2) {
            // Nodes must share the key, and losing a node's disk must not lose every secret.
            throw InvalidSettingException.missing(KEY, ALLOWED + "; required with PostgreSQL");
        }
        String stored = new OwnerOnlyFile(
                        DataDirectory.create(settings.dataDirectory()).resolve("master-key"))
                .readOrCreate(MasterKeys::generate);
        return List.of(decode(stored));
    }

    private static String generate() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static byte[] decode(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == BYTES) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // Reported below, like a key of the wrong length.
        }
        throw InvalidSettingException.ofSecret(KEY, ALLOWED);
    }
}
