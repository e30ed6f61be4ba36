package io.fitroute.delivery;

/**
 * A file that was about to be put at a sink when it was last heard of.
 *
 * @param delivery what it is, with the path that was wanted
 * @param eventId the event for which it was to be put there
 */
public record Placement(Delivery delivery, long eventId) {}
