package io.fitroute.archive;

import io.fitroute.conversion.CannotConvert;
import io.fitroute.conversion.Conversion;
import io.fitroute.fit.FileFormat;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.InvalidFitFile;
import io.fitroute.fit.ReceivedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file as it was found, and as it is to be delivered.
 *
 * @param received unpacked
 * @param fit where it lies as FIT
 * @param report what it says of itself
 * @param obstacle why it is no activity to be imported
 */
record Found(ReceivedFile received, Path fit, FitReport report, Optional<String> obstacle) {

  private static final Conversion CONVERSION = new Conversion();

  /**
   * Has it as FIT.
   *
   * @param target where it goes if it is GPX or TCX and to be converted
   */
  static Found of(ReceivedFile received, Path target, boolean converts)
      throws IOException, CannotConvert {
    if (received.fit().isPresent()) {
      FitReport report = received.fit().get();
      return new Found(received, received.path(), report, obstacle(report));
    }
    if (received.format() == FileFormat.JSON) {
      return new Found(received, target, null, Optional.of("JSON is no activity's file"));
    }
    if (!converts) {
      String reason = received.format() + " is not converted (import.convert)";
      return new Found(received, target, null, Optional.of(reason));
    }
    CONVERSION.convert(received.path(), target);
    try {
      FitReport report = new FitCheck().check(target);
      return new Found(received, target, report, obstacle(report));
    } catch (InvalidFitFile e) {
      throw new IllegalStateException("what was converted is not valid FIT", e);
    }
  }

  private static Optional<String> obstacle(FitReport report) {
    if (report.fileType().orElse(FitReport.ACTIVITY) != FitReport.ACTIVITY) {
      return Optional.of("it is not an activity but FIT's " + report.fileTypeName().orElse(""));
    }
    return report.startTime().isPresent()
        ? Optional.empty()
        : Optional.of("it does not say when the activity began");
  }

  boolean isConverted() {
    return received.fit().isEmpty();
  }

  String sha256() {
    return received.sha256();
  }
}
