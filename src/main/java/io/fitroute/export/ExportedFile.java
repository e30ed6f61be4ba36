package io.fitroute.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A FIT file that was checked and may be delivered.
 *
 * @param path where it lies until it is delivered
 * @param provenance the export it came from: {@code original}, {@code streams}, {@code archive}
 * @param size in bytes
 * @param sha256 in lower-case hexadecimal
 */
public record ExportedFile(Path path, String provenance, long size, String sha256) {

  /**
   * Measures a file that was checked.
   *
   * @throws IOException if it cannot be read
   */
  public static ExportedFile measured(Path path, String provenance) throws IOException {
    MessageDigest digest = newDigest();
    long size;
    try (InputStream file = Files.newInputStream(path)) {
      size = file.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }
    return new ExportedFile(path, provenance, size, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
