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
 * @param id distinguishes it from other keys without revealing it
 * @param secret the AES key
 */
record DataKey(String id, SecretKey secret) {

  /** The accepted formats, in words that complete "allowed: ...". */
  static final String ALLOWED =
      "32 bytes as 64 hexadecimal digits or in Base64, as \"openssl rand -hex 32\" prints them";

  private static final int BYTES = 32;
  private static final int ID_DIGITS = 8;

  /**
   * A new key.
   *
   * @param random a cryptographically secure source
   */
  static DataKey random(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return of(bytes);
  }

  /** Parses a key; empty if the text is not one. */
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

  /** The key in a form that {@link #parse} reads. */
  String text() {
    return HexFormat.of().formatHex(secret.getEncoded());
  }

  /** Does not show the key. */
  @Override
  public String toString() {
    return "key " + id;
  }
}
