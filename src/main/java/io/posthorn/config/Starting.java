package io.posthorn.config;

/** The application starts: fired once, on a thread that has the application's naming context. */
public record Starting() {}
