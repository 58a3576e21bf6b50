package io.posthorn.endpoint;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;

/** What people call a thing. Tabs and line ends are welcome in it; the control characters before them are not. */
final class Description {

    private static final String FIELD = "description";
    private static final int LAST_REFUSED = 8;

    private Description() {}

    static String required(JsonFields fields) {
        return check(FIELD, fields.requiredString(FIELD));
    }

    /** @param otherwise what it is if the client does not speak of it */
    static String of(JsonFields fields, String otherwise) {
        return check(FIELD, fields.string(FIELD, otherwise));
    }

    /** @throws ApiException 422 naming the field */
    static String check(String field, String text) {
        if (text.chars().anyMatch(letter -> letter <= LAST_REFUSED)) {
            throw ApiException.invalid(field, "must not have the control characters U+0000 to U+0008");
        }
        return text;
    }
}
