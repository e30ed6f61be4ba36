package io.fitroute.conversion;

import io.fitroute.fit.track.FileMaker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what a GPX or TCX document tells of an activity as a FIT file.
 *
 * <p>The document is recognised by its root element. Its points are kept in memory, up to 500,000
 * of them; everything else passes through.
 *
 * <p>Stateless: one conversion serves any number of threads.
 */
public final class Conversion {

  private final FileMaker maker;

  /** Names the version of the running program as the maker of the files. */
  public Conversion() {
    this(FileMaker.ofProgram());
  }

  Conversion(FileMaker maker) {
    this.maker = maker;
  }

  /**
   * Converts a document, which is not packed any more. The same document always gives the same
   * bytes.
   *
   * @param document GPX 1.0, GPX 1.1 or TCX
   * @param fit is created, or emptied when it exists, and removed when writing it fails
   * @throws CannotConvert if it is neither GPX nor TCX, is damaged, or tells no activity
   * @throws IOException if the document cannot be read or the file not be written
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
