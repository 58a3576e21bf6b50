package io.posthorn.endpoint;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.rest.NullableJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** An application as clients see it. {@code uid} and {@code rateLimit} are left out when unset, as Svix does. */
final class ApplicationOut {

    private ApplicationOut() {}

    static JsonObject of(Application application) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("id", application.id)
                .add("name", application.name)
                .add("throttleRate", NullableJson.of(application.throttleRate))
                .add("metadata", Metadata.toJson(application.metadata))
                .add("createdAt", application.createdAt.toInstant().toString())
                .add("updatedAt", application.updatedAt.toInstant().toString());
        if (application.uid != null) {
            json.add("uid", application.uid);
        }
        if (application.plainSignature) {
            json.add("plainSignature", true);
        }
        if (application.throttleRate != null) {
            json.add("rateLimit", application.throttleRate);
        }
        return json.build();
    }
}
