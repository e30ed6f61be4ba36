package io.fitroute.fit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The activity as a whole.
 *
 * @param end when it ended; in FIT to the second
 * @param timerTime seconds of all its sessions, without pauses; in FIT to 0.001 s
 * @param offset of the local time from UTC, where it is known
 */
public record Activity(Instant end, double timerTime, Optional<ZoneOffset> offset) {}
