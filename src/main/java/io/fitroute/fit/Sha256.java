package io.fitroute.fit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes a SHA-256. */
public final class Sha256 {

  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The hash of a file, in lower-case hexadecimal. */
  public static String of(Path file) throws IOException {
    Sha256 sum = new Sha256();
    try (OutputStream measured = sum.over(OutputStream.nullOutputStream())) {
      Files.copy(file, measured);
    }
    return sum.text();
  }

  /** The hash of a text in UTF-8, in lower-case hexadecimal. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The hash of consecutive bytes, in lower-case hexadecimal. */
  public static String of(byte[]... parts) {
    Sha256 sum = new Sha256();
    for (byte[] part : parts) {
      sum.digest.update(part);
    }
    return sum.text();
  }

  /** Includes what is written to a stream. */
  public OutputStream over(OutputStream target) {
    return new DigestOutputStream(target, digest);
  }

  /** Includes what is read from a stream. */
  public InputStream over(InputStream source) {
    return new DigestInputStream(source, digest);
  }

  /** The hash so far, in lower-case hexadecimal; the computation then starts over. */
  public String text() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
