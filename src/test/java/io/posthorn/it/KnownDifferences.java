package io.posthorn.it;

import jakarta.json.Json;
import jakarta.json.JsonPatch;
import java.util.List;
import java.util.regex.Pattern;

/** In which answers Posthorn knowingly goes beyond the OpenAPI documents, with the reason of each. All others are mistakes. */
final class KnownDifferences {

    /**
     * The server's document has no key pairs in its pattern, no raw texts among the payloads and no canceled messages, though
     * the server has all of these; its own clients read any text and any payload, and know the status.
     */
    static final JsonPatch OF_BODIES = Json.createPatchBuilder()
            .replace(
                    "/components/schemas/EndpointSecretOut/properties/key/pattern",
                    "^((whsec_)?[a-zA-Z0-9+/=]{32,100}|whpk_[a-zA-Z0-9+/]{43}=)$")
            .remove("/components/schemas/MessageOut/properties/payload/type")
            .add(
                    "/components/schemas/MessageOut/properties/payload/oneOf",
                    Json.createArrayBuilder()
                            .add(Json.createObjectBuilder().add("type", "object"))
                            .add(Json.createObjectBuilder().add("type", "string"))
                            .build())
            .add("/components/schemas/MessageStatus/enum/-", Json.createValue(4))
            .add("/components/schemas/MessageStatusText/enum/-", "canceled")
            .build();

    /**
     * @param operation the names of operations, as a regular expression
     * @param reason why the document leaves out the status, and Posthorn does not
     */
    private record LeftOut(Pattern operation, int status, String reason) {

        LeftOut(String operation, int status, String reason) {
            this(Pattern.compile(operation), status, reason);
        }
    }

    private static final List<LeftOut> STATUSES = List.of(
            new LeftOut("DELETE .*/content", 204, "the document has the errors of these operations alone"),
            new LeftOut(".*", 400, "a generic_error, as the server makes it of a query that it cannot read"),
            new LeftOut("(POST|PUT|PATCH) .*", 413, "the server has it too, of a body beyond the limit"),
            new LeftOut("POST /api/v1/auth/logout", 401, "the server ends no token at all, and so has no errors here"),
            new LeftOut("POST /api/v1/auth/logout", 403, "the server has no tokens that only read"));

    private KnownDifferences() {}

    static boolean isLeftOut(String operation, int status) {
        return STATUSES.stream()
                .anyMatch(each -> each.status() == status
                        && each.operation().matcher(operation).matches());
    }
}
