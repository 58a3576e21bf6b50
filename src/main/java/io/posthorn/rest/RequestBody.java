package io.posthorn.rest;

import java.util.List;
import java.util.Map;

/**
 * The body of a request as it arrived, byte for byte and whatever its content type, with the headers it came with.
 * A resource method that takes one gets it through {@link RequestBodyReader}, which bounds its size.
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are the point; nobody compares two bodies
public record RequestBody(byte[] bytes, Map<String, List<String>> headers) {}
