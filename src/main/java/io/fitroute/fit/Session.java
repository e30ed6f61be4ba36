package io.fitroute.fit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An activity in one sport, or that part of an activity in several sports.
 *
 * @param start in FIT to the second
 * @param elapsedTime seconds from start to end, pauses included; in FIT to 0.001 s
 * @param timerTime seconds without pauses, at most the elapsed time; in FIT to 0.001 s
 * @param sport what was done
 * @param name a name to show to people (FIT's sport_profile_name)
 * @param summary what it came to
 */
public record Session(
    Instant start,
    double elapsedTime,
    double timerTime,
    Sport sport,
    Optional<String> name,
    Map<SummaryField, Double> summary) {}
