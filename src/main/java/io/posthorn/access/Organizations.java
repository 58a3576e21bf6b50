package io.posthorn.access;

/** The isolated environments that every entity belongs to. */
public final class Organizations {

    /** The one of the configured admin token and of the CDI API; the same id as the default of a Svix server. */
    public static final String DEFAULT = "org_23rb8YdGqMT0qIzpgGwdXfHirMu";

    /**
     * The one whose applications, each with the id of an organization as its uid, receive what Posthorn has to say to
     * that organization; the same id as with a Svix server.
     */
    public static final String MANAGEMENT = "org_00000000000SvixManagement00";

    private Organizations() {}
}
