package io.posthorn.work;

/**
 * A row that this node has claimed.
 *
 * @param claim the name of the claim, without which nothing can be recorded
 */
public record Claimed(String id, String claim) {}
