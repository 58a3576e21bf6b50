package io.posthorn.inbound;

import io.posthorn.rest.StorableText;

/** What a failed dispatch leaves behind for the person who looks at it: the innermost cause, in one line. */
final class ErrorText {

    private static final int MAX_LENGTH = 2_000;
    private static final int MAX_DEPTH = 50;

    private ErrorText() {}

    static String of(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause.getCause() != null && depth < MAX_DEPTH; depth++) {
            cause = cause.getCause();
        }
        String text = cause.toString().replaceAll("\\s*\\R\\s*", " ");
        return StorableText.of(text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text);
    }
}
