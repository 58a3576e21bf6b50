package io.posthorn.inbound;

import io.posthorn.config.InboundSettings;
import io.posthorn.signature.RequestHeaders;
import java.util.List;

/**
 * How many events one request may bring. All of them are stored in one transaction, and each with the headers of the request,
 * so a body within its own limit could else fill the memory and the database.
 *
 * @param maxEvents of one request, 1 or more
 * @param maxStored how many characters these may have together, with the headers of each
 */
record BatchLimits(int maxEvents, long maxStored) {

    /** How many times the greatest body the events of one request may be, with their headers. */
    private static final long MAX_GROWTH = 16;

    static BatchLimits of(InboundSettings settings) {
        return new BatchLimits(settings.maxBatchEvents(), MAX_GROWTH * settings.maxBodySize());
    }

    /**
     * @param items the events of a request that brings several; empty for one that is an event as a whole
     * @throws InboundException 413 if these are too many
     */
    void check(List<String> items, RequestHeaders headers) {
        if (items.size() > maxEvents) {
            throw InboundException.tooManyEvents();
        }
        long ofHeaders = headers.asMap().entrySet().stream()
                .mapToLong(header -> header.getKey().length()
                        + header.getValue().stream().mapToLong(String::length).sum())
                .sum();
        long stored =
                items.stream().mapToLong(item -> item.length() + ofHeaders).sum();
        if (stored > maxStored) {
            throw InboundException.tooLargeHeaders();
        }
    }
}
