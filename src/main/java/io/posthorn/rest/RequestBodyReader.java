package io.posthorn.rest;

import io.posthorn.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;

/** Reads a body of any content type as bytes, and never more of it than {@code posthorn.inbound.max-body-size}. */
@Provider
// Not a normal scope: the server would read the annotations of the proxy, which has none, and prefer its JSON reader.
@Dependent
@Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
public class RequestBodyReader implements MessageBodyReader<RequestBody> {

    private static final long MAX_DRAINED = 8L * 1024 * 1024;

    @Inject
    Settings settings;

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == RequestBody.class;
    }

    @Override
    public RequestBody readFrom(
            Class<RequestBody> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream)
            throws IOException {
        int limit = settings.inbound().maxBodySize();
        if (declaredLength(headers) > limit) {
            throw tooLarge(stream);
        }
        byte[] bytes = stream.readNBytes(limit);
        // One byte more decides; a sender that declares no length cannot make us keep what we will not take.
        if (bytes.length == limit && stream.read() >= 0) {
            throw tooLarge(stream);
        }
        return new RequestBody(bytes, Map.copyOf(headers));
    }

    private static long declaredLength(MultivaluedMap<String, String> headers) {
        String length = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException leftToTheServer) {
            return -1;
        }
    }

    /** Takes some more of what the sender is sending, without keeping it: many read no answer before they are done. */
    private static ClientErrorException tooLarge(InputStream stream) throws IOException {
        stream.skip(MAX_DRAINED);
        return new ClientErrorException("Payload too large", Status.REQUEST_ENTITY_TOO_LARGE);
    }
}
