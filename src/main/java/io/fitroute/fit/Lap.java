package io.fitroute.fit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a session. The laps of a session follow each other without a gap, and their times add
 * up to the session's.
 *
 * @param start in FIT to the second
 * @param elapsedTime seconds from start to end, pauses included; in FIT to 0.001 s
 * @param timerTime seconds without pauses, at most the elapsed time; in FIT to 0.001 s
 * @param trigger why it ended
 * @param sport what was done
 * @param intensity whether it was a rest, where that is known
 * @param summary what it came to
 */
public record Lap(
    Instant start,
    double elapsedTime,
    double timerTime,
    LapTrigger trigger,
    Sport sport,
    Optional<Intensity> intensity,
    Map<SummaryField, Double> summary) {

  /** A lap of which nobody knows whether it was a rest. */
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
