package io.fitroute.conversion;

import io.fitroute.fit.Activity;
import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.Lap;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.Session;
import io.fitroute.fit.track.FileMaker;
import io.fitroute.fit.track.Stopwatch;
import io.fitroute.fit.track.TrackWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Writes an activity that was read from a document. */
final class FitFromDocument {

  private final SourceActivity activity;
  private final DocumentTrack track;
  private final List<TimedLap> laps;
  private final int elapsed;
  private final Stopwatch stopwatch;
  private final double[] timerTimes;

  /**
   * Puts together what the file will hold.
   *
   * @throws CannotConvert if nothing has a time, or FIT cannot express the times
   */
  FitFromDocument(SourceActivity activity) throws CannotConvert {
    this.activity = activity;
    track = new DocumentTrack(activity.laps());
    laps = TimedLap.of(activity.laps(), track);
    elapsed = laps.stream().mapToInt(TimedLap::elapsed).sum();
    if (!ElementText.isExpressible(end())) {
      throw new CannotConvert("FIT cannot express that it ends at " + end());
    }
    stopwatch = Stopwatch.of(track, elapsed, told());
    timerTimes = laps.stream().mapToDouble(lap -> lap.timerTime(stopwatch)).toArray();
  }

  /** Seconds without pauses, if every lap tells them. */
  private OptionalDouble told() {
    double seconds = laps.stream().mapToDouble(lap -> lap.told().timerTime()).sum();
    return seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
  }

  private Instant end() {
    return track.start().plusSeconds(elapsed);
  }

  /**
   * Writes a file, which is created, or emptied when it exists.
   *
   * @throws IOException if it cannot be written
   */
  Converted write(Path file, FileMaker maker) throws IOException {
    double timerTime = Arrays.stream(timerTimes).sum();
    try (ActivityFileWriter writer =
        maker.create(
            file, OptionalLong.empty(), track.start(), activity.device(), track.fields())) {
      new TrackWriter(track, stopwatch, track.start()).writeTo(writer, end());
      DocumentSummary summary = new DocumentSummary(track, stopwatch, laps, timerTimes);
      for (int number = 0; number < laps.size(); number++) {
        writer.lap(lap(number, summary));
      }
      writer.session(
          new Session(
              track.start(),
              elapsed,
              timerTime,
              activity.sport(),
              activity.name(),
              summary.session()));
      writer.finish(new Activity(end(), timerTime, activity.offset()));
    }
    return new Converted(track.size(), laps.size(), notes());
  }

  private Lap lap(int number, DocumentSummary summary) {
    TimedLap lap = laps.get(number);
    boolean last = number == laps.size() - 1;
    return new Lap(
        track.start().plusSeconds(lap.start()),
        lap.elapsed(),
        timerTimes[number],
        lap.told().trigger().orElse(last ? LapTrigger.SESSION_END : LapTrigger.MANUAL),
        activity.sport(),
        lap.told().intensity(),
        summary.lap(number));
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>(activity.notes());
    if (track.leftOut() > 0) {
      notes.add(
          "%d points were left out because they run backwards in time".formatted(track.leftOut()));
    }
    int joined = activity.laps().size() - laps.size();
    if (joined > 0) {
      notes.add("%d laps without a duration were joined with the lap before".formatted(joined));
    }
    return notes;
  }
}
