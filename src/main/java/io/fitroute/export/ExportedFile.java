package io.fitroute.export;

import io.fitroute.fit.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A FIT file that was checked and may be delivered.
 *
 * @param path where it is kept until it is delivered
 * @param provenance where it came from: {@code original}, {@code streams}, {@code archive} or
 *     {@code converted}
 * @param size in bytes
 * @param sha256 in lower-case hexadecimal
 */
public record ExportedFile(Path path, String provenance, long size, String sha256) {

  /**
   * Determines size and hash of a checked file.
   *
   * @throws IOException if it cannot be read
   */
  public static ExportedFile measured(Path path, String provenance) throws IOException {
    Sha256 sum = new Sha256();
    try (InputStream file = Files.newInputStream(path)) {
      long size = file.transferTo(sum.over(OutputStream.nullOutputStream()));
      return new ExportedFile(path, provenance, size, sum.text());
    }
  }
}
