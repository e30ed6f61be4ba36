package io.fitroute.simulator;

import java.time.Instant;

/**
 * The application's webhook subscription.
 *
 * @param id its id
 * @param callbackUrl where events go
 * @param createdAt since when
 */
public record Subscription(long id, String callbackUrl, Instant createdAt) {}
