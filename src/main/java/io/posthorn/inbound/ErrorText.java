package io.posthorn.inbound;

/** What a failed dispatch leaves behind for the person who looks at it: the innermost cause, in one line. */
final class ErrorText {

    private static final int MAX_LENGTH = 2_000;

    private ErrorText() {}

    static String of(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = cause.toString().replace("\0", "");
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    }
}
