package io.fitroute.fit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An activity in one sport, or one part of an activity in several sports.
 *
 * @param start FIT stores whole seconds
 * @param elapsedTime seconds from start to end, including pauses; FIT stores 0.001 s
 * @param timerTime seconds without pauses, at most the elapsed time; FIT stores 0.001 s
 * @param sport the sport
 * @param name a displayed name (FIT's sport_profile_name)
 * @param summary its totals and averages
 */
public record Session(
    Instant start,
    double elapsedTime,
    double timerTime,
    Sport sport,
    Optional<String> name,
    Map<SummaryField, Double> summary) {}
