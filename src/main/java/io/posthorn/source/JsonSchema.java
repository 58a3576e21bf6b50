package io.posthorn.source;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.posthorn.json.JsonNumbers;
import io.posthorn.rest.SchemaCheck;

/**
 * A JSON Schema: of draft 2020-12, unless its {@code $schema} names another one. What it refers to has to be in it; nothing
 * is fetched.
 */
public final class JsonSchema {

    /** Sources made by operations are read for each request; compiling their schemas takes milliseconds. */
    private static final RecentlyUsed<JsonSchema> KNOWN = new RecentlyUsed<>(1_000, 16_000_000);

    private final Schema schema;

    private JsonSchema(Schema schema) {
        this.schema = schema;
    }

    /** @throws IllegalArgumentException if the text is no schema, or refers to what is not in it */
    static JsonSchema of(String text) {
        return KNOWN.get(text, JsonSchema::compile);
    }

    private static JsonSchema compile(String text) {
        if (!JsonNumbers.areBounded(text)) {
            throw new IllegalArgumentException("a schema with a number beyond all bounds");
        }
        try {
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
            Schema schema = registry.getSchema(text, InputFormat.JSON);
            String dialect = schema.getSchemaContext().getDialect().getId();
            if (!registry.getSchema(SchemaLocation.of(dialect))
                    .validate(text, InputFormat.JSON)
                    .isEmpty()) {
                throw new IllegalArgumentException("not a schema of " + dialect);
            }
            // Else a reference that leads nowhere would show with the first body only.
            schema.initializeValidators();
            return new JsonSchema(schema);
        } catch (RuntimeException | StackOverflowError notASchema) {
            // The library tells what is no schema by exceptions of several kinds.
            throw new IllegalArgumentException(notASchema);
        }
    }

    /** Whether a JSON text meets the schema; one beyond what the library can cope with does not. */
    public boolean accepts(String json) {
        // It divides for multipleOf, and would be at it for ever.
        return JsonNumbers.areBounded(json)
                && SchemaCheck.firstError(() -> schema.validate(json, InputFormat.JSON))
                        .isEmpty();
    }
}
