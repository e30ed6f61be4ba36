package io.fitroute.conversion;

import io.fitroute.fit.track.FileMaker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Converts an activity from GPX or TCX to FIT.
 *
 * <p>The document is recognised by its root element. Up to 500,000 points are held in memory; the
 * rest of the document is streamed.
 *
 * <p>Stateless and safe for use by multiple threads.
 */
public final class Conversion {

  private final FileMaker maker;

  /** Writes the version of the running program into the files. */
  public Conversion() {
    this(FileMaker.ofProgram());
  }

  Conversion(FileMaker maker) {
    this.maker = maker;
  }

  /**
   * Converts an uncompressed document. The same document always produces the same bytes.
   *
   * @param document GPX 1.0, GPX 1.1 or TCX
   * @param fit the file to write; replaced if it exists, and deleted if writing fails
   * @throws CannotConvert if it is neither GPX nor TCX, is damaged, or contains no activity
   * @throws IOException if the document cannot be read or the file cannot be written
   */
  public Converted convert(Path document, Path fit) throws IOException, CannotConvert {
    FitFromDocument activity;
    try (InputStream bytes = Files.newInputStream(document)) {
      activity = new FitFromDocument(DocumentReader.read(bytes));
    }
    boolean written = false;
    try {
      Converted converted = activity.write(fit, maker);
      written = true;
      return converted;
    } finally {
      if (!written) {
        Files.deleteIfExists(fit);
      }
    }
  }
}
