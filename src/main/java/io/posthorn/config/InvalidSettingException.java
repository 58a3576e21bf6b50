package io.posthorn.config;

/** A setting that cannot be used. Its message is one line that names the key, the value and what is allowed. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String key, String value, String allowed) {
        super(("Invalid setting " + key + "=" + value + ": expected " + allowed).replaceAll("\\s*\\R\\s*", " "));
    }

    /** For a value that is itself a secret and must not reach the log. */
    public static InvalidSettingException ofSecret(String key, String allowed) {
        return new InvalidSettingException(key, "(hidden)", allowed);
    }

    public static InvalidSettingException missing(String key, String allowed) {
        return new InvalidSettingException(key, "(not set)", allowed);
    }
}
