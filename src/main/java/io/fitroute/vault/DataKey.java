package io.fitroute.vault;

import io.fitroute.fit.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
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
  private static final int ID_DIGITS = 8;

  /**
   * A new one.
   *
   * @param random gives numbers that nobody can guess
   */
  static DataKey random(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
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
    String sum = Sha256.of("fitroute data key ".getBytes(StandardCharsets.US_ASCII), bytes);
    return new DataKey(sum.substring(0, ID_DIGITS), new SecretKeySpec(bytes, "AES"));
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
