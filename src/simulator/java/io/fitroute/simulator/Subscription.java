package io.fitroute.simulator;

import java.time.Instant;

/**
 * The application's webhook subscription.
 *
 * @param id its id
 * @param callbackUrl the address of events
 * @param createdAt when it was created
 */
public record Subscription(long id, String callbackUrl, Instant createdAt) {}
