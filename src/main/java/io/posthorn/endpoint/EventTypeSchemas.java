package io.posthorn.endpoint;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.SchemaCheck;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The schemas of an event type by version: each an object that the meta-schema of JSON Schema draft 7 accepts. */
final class EventTypeSchemas {

    private static final Schema DRAFT_7 = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"));

    private EventTypeSchemas() {}

    /** @return the JSON text of the field {@code schemas}; {@code null} where there is none */
    static @Nullable String of(JsonFields fields) {
        return fields.optionalObject("schemas").map(EventTypeSchemas::check).orElse(null);
    }

    private static String check(JsonObject schemas) {
        schemas.forEach((version, schema) -> {
            if (schema.getValueType() != JsonValue.ValueType.OBJECT) {
                throw ApiException.malformed("schemas", "expected an object whose values are JSON schemas");
            }
            SchemaCheck.firstError(() -> validate(schema.toString())).ifPresent(reason -> {
                throw ApiException.invalid(
                        "schemas", "version " + version + " is not a JSON schema of draft 7: " + reason);
            });
        });
        return schemas.toString();
    }

    private static List<Error> validate(String schema) {
        return DRAFT_7.validate(
                schema,
                InputFormat.JSON,
                // Among the formats is "regex": a pattern that nobody could compile is no schema.
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
