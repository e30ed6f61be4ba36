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
 * A file of an import in its original form and as FIT.
 *
 * @param received the original file, uncompressed
 * @param fit the path of the FIT file
 * @param told the report on the FIT file; empty if there is none
 * @param obstacle why the file cannot be imported; empty if it can
 */
record Found(ReceivedFile received, Path fit, Optional<FitReport> told, Optional<String> obstacle) {

  private static final Conversion CONVERSION = new Conversion();

  /**
   * Converts a file to FIT if necessary.
   *
   * @param target the path of the converted file
   * @param converts whether GPX and TCX are converted
   * @throws CannotConvert if the conversion fails
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
