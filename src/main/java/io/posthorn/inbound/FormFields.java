package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.json.StrictJson;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a form as an object of texts, so that the same pointers lead into forms and JSON. */
final class FormFields {

    /** The only field of GitHub's forms, and others', which has what would else be the body. */
    private static final String JSON_FIELD = "payload";

    private FormFields() {}

    /** Whether a body with this {@code Content-Type} is a form. */
    static boolean isForm(String contentType) {
        return mediaType(contentType).equals("application/x-www-form-urlencoded");
    }

    /** Without parameters, in lower case. */
    static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    /** Without fields that are empty, which a form sends along; of several of one name, the first. */
    static JsonObject of(byte[] form) {
        Map<String, Object> fields = new HashMap<>();
        QueryString.pairs(new String(form, UTF_8))
                .filter(pair -> !pair.getValue().isEmpty())
                .forEach(pair -> fields.putIfAbsent(pair.getKey(), pair.getValue()));
        JsonObject object = JSON.createObjectBuilder(fields).build();
        return fields.keySet().equals(Set.of(JSON_FIELD)) ? unwrapped(object) : object;
    }

    private static JsonObject unwrapped(JsonObject form) {
        try {
            return StrictJson.parse(form.getString(JSON_FIELD).getBytes(UTF_8)) instanceof JsonObject object
                    ? object
                    : form;
        } catch (JsonException text) {
            return form;
        }
    }
}
