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
 * @param told what it says of itself, if it is FIT
 * @param obstacle why it is no activity to be imported
 */
record Found(ReceivedFile received, Path fit, Optional<FitReport> told, Optional<String> obstacle) {

  private static final Conversion CONVERSION = new Conversion();

  /**
   * Has it as FIT.
   *
   * @param target where it goes if it is GPX or TCX and to be converted
   */
  static Found of(ReceivedFile received, Path target, boolean converts)
      throws IOException, CannotConvert {
    if (received.fit().isPresent()) {
      return of(received, received.path(), received.fit().get());
    }
    if (received.format() == FileFormat.JSON || !converts) {
      String reason =
          received.format() + " is not converted" + (converts ? "" : " (import.convert)");
      return new Found(received, target, Optional.empty(), Optional.of(reason));
    }
    CONVERSION.convert(received.path(), target);
    try {
      return of(received, target, new FitCheck().check(target));
    } catch (InvalidFitFile e) {
      throw new IllegalStateException("what was converted is not valid FIT", e);
    }
  }

  private static Found of(ReceivedFile received, Path fit, FitReport report) {
    return new Found(received, fit, Optional.of(report), obstacle(report));
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

  FitReport report() {
    return told.orElseThrow();
  }

  String sha256() {
    return received.sha256();
  }
}
