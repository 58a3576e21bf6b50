package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * What a provider wants to read.
 *
 * @param contentType with its charset where it needs one; empty with an empty text
 */
record HandshakeAnswer(int status, Optional<String> contentType, String text) {

    private static final String TEXT = MediaType.TEXT_PLAIN + ";charset=utf-8";

    static HandshakeAnswer ofText(String text) {
        return new HandshakeAnswer(200, Optional.of(TEXT), text);
    }

    static HandshakeAnswer ofJson(JsonObject json) {
        return new HandshakeAnswer(200, Optional.of(MediaType.APPLICATION_JSON), json.toString());
    }

    static HandshakeAnswer ofJson(String name, String value) {
        return ofJson(JSON.createObjectBuilder().add(name, value).build());
    }

    static HandshakeAnswer empty() {
        return new HandshakeAnswer(204, Optional.empty(), "");
    }

    Response toResponse() {
        Response.ResponseBuilder response = Response.status(status);
        contentType.ifPresent(type -> response.type(type).entity(text.getBytes(UTF_8)));
        return response.build();
    }
}
