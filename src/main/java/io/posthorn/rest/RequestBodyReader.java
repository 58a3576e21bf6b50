package io.posthorn.rest;

import io.posthorn.config.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Reads a body of any content type as bytes, and never more of it than is allowed. What extends it must not have a normal
 * scope: the server would read the annotations of the proxy, which has none, and prefer its JSON reader.
 */
@Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
public abstract class RequestBodyReader implements MessageBodyReader<RequestBody> {

    private static final long MAX_DRAINED = 8L * 1024 * 1024;

    @Inject
    Settings settings;

    @Context
    HttpServletRequest request;

    /** In bytes; more is a 413. */
    protected abstract int maxBodySize(Settings settings);

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
            InputStream stream) {
        try {
            return new RequestBody(read(headers, stream), PlainRequest.originalHeaders(request));
        } catch (IOException e) {
            // The sender left, or broke the rules of chunks; whatever it was, it is not this server's fault.
            throw new BadRequestException("The body ended early", e);
        }
    }

    private byte[] read(MultivaluedMap<String, String> headers, InputStream stream) throws IOException {
        int limit = maxBodySize(settings);
        long declared = declaredLength(headers);
        if (declared > limit) {
            throw tooLarge(stream);
        }
        if (declared >= 0) {
            // No look behind the end: with a header Upgrade, Payara takes the whole connection for the body and would
            // wait.
            byte[] bytes = stream.readNBytes((int) declared);
            if (bytes.length < declared) {
                throw new EOFException("The body is shorter than its declared length");
            }
            return bytes;
        }
        byte[] bytes = stream.readNBytes(limit);
        // One byte more decides; a sender that declares no length cannot make us keep what we will not take.
        if (bytes.length == limit && stream.read() >= 0) {
            throw tooLarge(stream);
        }
        return bytes;
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
