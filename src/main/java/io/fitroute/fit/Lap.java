package io.fitroute.fit;

import java.time.Instant;
import java.util.Map;

/**
 * A part of a session. The laps of a session follow each other without a gap, and their times add
 * up to the session's.
 *
 * @param start in FIT to the second
 * @param elapsedTime seconds from start to end, pauses included; in FIT to 0.001 s
 * @param timerTime seconds without pauses, at most the elapsed time; in FIT to 0.001 s
 * @param trigger why it ended
 * @param sport what was done
 * @param summary what it came to
 */
public record Lap(
    Instant start,
    double elapsedTime,
    double timerTime,
    LapTrigger trigger,
    Sport sport,
    Map<SummaryField, Double> summary) {}
