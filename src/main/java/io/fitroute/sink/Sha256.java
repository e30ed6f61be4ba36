package io.fitroute.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 in the making. */
final class Sha256 {

  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The checksum of a file, in lower-case hexadecimal. */
  static String of(Path file) throws IOException {
    Sha256 sum = new Sha256();
    try (OutputStream measured = sum.over(OutputStream.nullOutputStream())) {
      Files.copy(file, measured);
    }
    return sum.text();
  }

  /** Measures what is written to a stream. */
  OutputStream over(OutputStream target) {
    return new DigestOutputStream(target, digest);
  }

  /** What was measured so far, in lower-case hexadecimal; then it begins anew. */
  String text() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
