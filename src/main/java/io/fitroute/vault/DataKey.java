package io.fitroute.vault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of 256 bits.
 *
 * @param id tells it from other keys, and nothing of what it is
 * @param secret for AES
 */
record DataKey(String id, SecretKey secret) {

  /** What a key may look like, in words that complete the sentence "allowed: ...". */
  static final String ALLOWED =
      "32 bytes as 64 hexadecimal digits or in Base64, as \"openssl rand -hex 32\" prints them";

  private static final int BYTES = 32;
  private static final int ID_BYTES = 4;

  /** A new one, which nobody can guess. */
  static DataKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return of(bytes);
  }

  /** The one that a text stands for; empty when the text is none. */
  static Optional<DataKey> parse(String text) {
    String written = text.strip();
    try {
      byte[] bytes =
          written.length() == 2 * BYTES
              ? HexFormat.of().parseHex(written)
              : Base64.getDecoder().decode(written.replace('-', '+').replace('_', '/'));
      return Optional.of(bytes).filter(all -> all.length == BYTES).map(DataKey::of);
    } catch (IllegalArgumentException neither) {
      return Optional.empty();
    }
  }

  private static DataKey of(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("fitroute data key ".getBytes(StandardCharsets.US_ASCII));
      String id = HexFormat.of().formatHex(digest.digest(bytes), 0, ID_BYTES);
      return new DataKey(id, new SecretKeySpec(bytes, "AES"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** As {@link #parse} reads it. */
  String text() {
    return HexFormat.of().formatHex(secret.getEncoded());
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return "key " + id;
  }
}
