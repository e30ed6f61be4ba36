package io.fitroute.inbox;

import java.time.Instant;

/** An event, and when it was received. */
record Arrival(NewEvent event, Instant receivedAt) {}
