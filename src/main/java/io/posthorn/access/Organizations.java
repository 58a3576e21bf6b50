package io.posthorn.access;

/** The isolated environments that every entity belongs to. */
public final class Organizations {

    /** The one of the configured admin token and of the CDI API; the same id as the default of a Svix server. */
    public static final String DEFAULT = "org_23rb8YdGqMT0qIzpgGwdXfHirMu";

    private Organizations() {}
}
