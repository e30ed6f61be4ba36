package io.fitroute.strava.export.streams;

import io.fitroute.export.ExportFolder;
import io.fitroute.export.ExportRefused;
import io.fitroute.export.ExportRefused.Kind;
import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.InvalidFitFile;
import io.fitroute.strava.activity.Activity;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;

/** The export {@code streams}: a FIT file of an activity's details and streams. */
public final class StreamsExport {

  private static final String PROVENANCE = "streams";

  private final FitFromStreams writer;
  private final FitCheck check;
  private final ExportFolder folder;

  /**
   * @param folder where files lie until they are delivered
   */
  public StreamsExport(FitCheck check, ExportFolder folder) {
    this(new FitFromStreams(), check, folder);
  }

  StreamsExport(FitFromStreams writer, FitCheck check, ExportFolder folder) {
    this.writer = writer;
    this.check = check;
    this.folder = folder;
  }

  /**
   * Writes the file of the variables {@code activity} and {@code streams}, and leaves it in the
   * variable {@code export}. Only that of a manual entry, which has no points, holds session and
   * lap alone. For another one the variable {@code fresh} says whether points may still come.
   *
   * @throws ExportRefused if there is nothing to write, or not yet
   * @throws IOException if it cannot be written
   */
  public void write(Exchange exchange) throws IOException {
    Activity activity = exchange.getVariable("activity", Activity.class);
    StreamSet streams = exchange.getVariable("streams", StreamSet.NONE, StreamSet.class);
    if (!streams.hasPoints()) {
      requireManualEntry(activity, exchange.getVariable("fresh", false, Boolean.class));
    }
    Path file = folder.place(exchange, PROVENANCE);
    try {
      writer.write(file, activity, streams);
      exchange.setVariable(Exports.REPORT, check.check(file));
    } catch (CannotSynthesise | InvalidFitFile e) {
      throw new ExportRefused(
          Kind.UNUSABLE, "no FIT file can be created from its streams: " + e.getMessage());
    }
    exchange.setVariable(Exports.EXPORT, ExportedFile.measured(file, PROVENANCE));
  }

  private static void requireManualEntry(Activity activity, boolean fresh) {
    if (!activity.manual()) {
      throw fresh
          ? new ExportRefused(Kind.NOT_READY, "Strava does not have its streams yet")
          : new ExportRefused(Kind.NOTHING, "Strava has no streams of it");
    }
    if (new ActivityDetails(activity).elapsedTime() == 0) {
      throw new ExportRefused(Kind.NOTHING, "it has neither streams nor a duration");
    }
  }
}
