package io.fitroute.fit;

import java.time.Instant;
import java.util.Map;

/**
 * A part of a session. The laps of a session are contiguous, and their times add up to the
 * session's.
 *
 * @param start FIT stores whole seconds
 * @param elapsedTime seconds from start to end, including pauses; FIT stores 0.001 s
 * @param timerTime seconds without pauses, at most the elapsed time; FIT stores 0.001 s
 * @param trigger why it ended
 * @param sport the sport
 * @param summary its totals and averages
 */
public record Lap(
    Instant start,
    double elapsedTime,
    double timerTime,
    LapTrigger trigger,
    Sport sport,
    Map<SummaryField, Double> summary) {}
