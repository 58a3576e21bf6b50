package io.posthorn.source;

/** How a provider makes sure, with a request of its own, that an address is its customer's. */
public enum Handshake {
    NONE,
    /** A signed POST with a challenge that is to be said back. */
    SLACK,
    /** A GET with a challenge and a token that both sides know. */
    META,
    /** A GET with a text that is to be signed. */
    TWITTER,
    /** A signed POST with a text that is to be signed. */
    ZOOM,
    /** A POST with a text in the query that is to be said back. */
    MS_GRAPH,
    /** A signed POST that is answered in kind. */
    DISCORD
}
