package io.fitroute.fit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a session. The laps of a session are contiguous, and their times add up to the
 * session's.
 *
 * @param start FIT stores whole seconds
 * @param elapsedTime seconds from start to end, including pauses; FIT stores 0.001 s
 * @param timerTime seconds without pauses, at most the elapsed time; FIT stores 0.001 s
 * @param trigger why it ended
 * @param sport the sport
 * @param intensity whether it was a rest, if known
 * @param summary its totals and averages
 */
public record Lap(
    Instant start,
    double elapsedTime,
    double timerTime,
    LapTrigger trigger,
    Sport sport,
    Optional<Intensity> intensity,
    Map<SummaryField, Double> summary) {

  /** A lap of unknown intensity. */
  public Lap(
      Instant start,
      double elapsedTime,
      double timerTime,
      LapTrigger trigger,
      Sport sport,
      Map<SummaryField, Double> summary) {
    this(start, elapsedTime, timerTime, trigger, sport, Optional.empty(), summary);
  }
}
