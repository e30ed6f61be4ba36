package io.fitroute.fit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The activity as a whole.
 *
 * @param end when it ended; FIT stores whole seconds
 * @param timerTime seconds of all sessions without pauses; FIT stores 0.001 s
 * @param offset of the local time from UTC, if known
 */
public record Activity(Instant end, double timerTime, Optional<ZoneOffset> offset) {}
