package io.posthorn;

/** A message that cannot be published; says which part of it is wrong and what would be right. */
public class PublishException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PublishException(String message) {
        super(message);
    }
}
