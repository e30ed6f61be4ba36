package io.fitroute.conversion;

import io.fitroute.fit.track.OrderedPoints;
import io.fitroute.fit.track.Stopwatch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A lap with its place in time.
 *
 * @param told what the document tells of it
 * @param start whole seconds from the activity's start to the lap's
 * @param elapsed seconds to the start of the next lap, or to the end
 * @param from position of its first point
 * @param to position of the next lap's first point
 */
record TimedLap(SourceLap told, int start, int elapsed, int from, int to) {

  private static final double MILLISECONDS = 1000;

  /**
   * The laps one after the other. The first begins with the activity, and each goes on to the next
   * one. A lap that does not begin after the one before is part of that.
   *
   * @throws CannotConvert if they take longer than FIT counts
   */
  static List<TimedLap> of(List<SourceLap> laps, DocumentTrack track) throws CannotConvert {
    List<SourceLap> told = new ArrayList<>(List.of(laps.get(0)));
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (SourceLap lap : laps.subList(1, laps.size())) {
      int last = told.size() - 1;
      long start = lap.begin().map(time -> secondsBetween(track.start(), time)).orElse(0L);
      if (start > starts.get(last)) {
        told.add(lap);
        starts.add(expressible(start));
      } else {
        told.set(last, told.get(last).plus(lap));
      }
    }
    starts.add(end(starts.get(told.size() - 1), told.get(told.size() - 1), track));
    List<TimedLap> timed = new ArrayList<>();
    for (int lap = 0; lap < told.size(); lap++) {
      int start = starts.get(lap);
      int end = starts.get(lap + 1);
      int to = lap == told.size() - 1 ? track.size() : track.positionAt(end);
      timed.add(new TimedLap(told.get(lap), start, end - start, track.positionAt(start), to));
    }
    return timed;
  }

  /** The last lap ends with its time, or with the last point if that is later. */
  private static int end(int start, SourceLap last, DocumentTrack track) throws CannotConvert {
    double shown = track.size() == 0 ? 0 : track.seconds(track.size() - 1);
    double told = last.timerTime() > 0 ? start + Math.ceil(last.timerTime()) : start;
    return expressible(Math.max(shown, told));
  }

  private static long secondsBetween(Instant start, Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).getEpochSecond() - start.getEpochSecond();
  }

  private static int expressible(double seconds) throws CannotConvert {
    if (seconds > OrderedPoints.LONGEST_SECONDS) {
      throw new CannotConvert(
          "it is %.0f s long; FIT counts up to %d s"
              .formatted(seconds, OrderedPoints.LONGEST_SECONDS));
    }
    return (int) seconds;
  }

  /**
   * Seconds without pauses: those that the document tells, or else those that the stopwatch shows.
   */
  double timerTime(Stopwatch stopwatch) {
    double running =
        told.timerTime() > 0
            ? Math.min(told.timerTime(), elapsed)
            : stopwatch.runningTime(to, start + elapsed) - stopwatch.runningTime(from, start);
    return Math.round(running * MILLISECONDS) / MILLISECONDS;
  }
}
