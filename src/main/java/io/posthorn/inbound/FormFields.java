package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Reads a form as an object of texts, so that the same pointers lead into forms and JSON. */
final class FormFields {

    private FormFields() {}

    /** Without fields that are empty, which a form sends along; of several of one name, the first. */
    static JsonObject of(byte[] form) {
        Map<String, Object> fields = new HashMap<>();
        QueryString.pairs(new String(form, UTF_8))
                .filter(pair -> !pair.getValue().isEmpty())
                .forEach(pair -> fields.putIfAbsent(pair.getKey(), pair.getValue()));
        return JSON.createObjectBuilder(fields).build();
    }
}
