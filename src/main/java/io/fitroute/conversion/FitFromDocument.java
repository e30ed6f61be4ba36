package io.fitroute.conversion;

import io.fitroute.fit.Activity;
import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.FitUnits;
import io.fitroute.fit.Lap;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.Session;
import io.fitroute.fit.track.FileMaker;
import io.fitroute.fit.track.TrackWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Writes an activity that was read from a document as a FIT file. */
final class FitFromDocument {

  private final DocumentActivity activity;
  private final DocumentTrack track;
  private final TimedLaps laps;
  private final Instant end;

  /**
   * Prepares the contents of the file.
   *
   * @throws CannotConvert if no lap or point has a time, or FIT cannot represent the times
   */
  FitFromDocument(DocumentActivity activity) throws CannotConvert {
    this.activity = activity;
    this.track = new DocumentTrack(activity.laps());
    this.laps = new TimedLaps(activity.laps(), track);
    this.end = laps.start(activity.laps().size());
    if (track.size() == 0 && laps.elapsed() == 0) {
      throw new CannotConvert("it has neither points nor a duration");
    }
    try {
      FitUnits.timestamp(end);
    } catch (IllegalArgumentException e) {
      throw new CannotConvert(e.getMessage());
    }
  }

  /**
   * Writes a file, replacing an existing one.
   *
   * @throws IOException if the file cannot be written
   */
  Converted write(Path file, FileMaker maker) throws IOException {
    int count = activity.laps().size();
    try (ActivityFileWriter writer =
        maker.create(
            file, OptionalLong.empty(), track.start(), activity.device(), track.fields())) {
      TrackWriter.write(writer, track, laps.stopwatch(), end);
      DocumentSummary summary = new DocumentSummary(track, laps, activity.laps());
      for (int number = 0; number < count; number++) {
        writer.lap(lap(number, summary));
      }
      writer.session(
          new Session(
              track.start(),
              laps.elapsed(),
              laps.timerTime(),
              activity.sport(),
              activity.name(),
              summary.session()));
      writer.finish(new Activity(end, laps.timerTime(), activity.offset()));
    }
    return new Converted(track.size(), count, notes());
  }

  private Lap lap(int number, DocumentSummary summary) {
    DocumentLap told = activity.laps().get(number);
    boolean last = number == activity.laps().size() - 1;
    return new Lap(
        laps.start(number),
        laps.elapsed(number),
        laps.timerTime(number),
        told.trigger().orElse(last ? LapTrigger.SESSION_END : LapTrigger.MANUAL),
        activity.sport(),
        told.intensity(),
        summary.lap(number));
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>(activity.notes());
    if (track.leftOut() > 0) {
      notes.add("points left out because their times run backwards: " + track.leftOut());
    }
    return notes;
  }
}
