package io.fitroute.inbox;

import java.time.Instant;
import java.util.Optional;

/**
 * What has become of an event.
 *
 * @param id its number in the inbox
 * @param state where it is
 * @param reason why it ended so, or why it waits; empty while nothing has been tried
 * @param due when it is tried next; empty once it is settled, and while it waits its turn
 * @param inWork whether a worker has it now
 */
public record EventStatus(
    long id, EventState state, Optional<String> reason, Optional<Instant> due, boolean inWork) {}
