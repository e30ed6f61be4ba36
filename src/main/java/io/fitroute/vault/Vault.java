package io.fitroute.vault;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.system.SystemServices;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Encrypts secrets in the ledger with AES-256-GCM and a fresh nonce each. Each text is bound to its
 * owner, so it cannot be moved to another row.
 *
 * <p>An encrypted text is {@code v1.KEY.DATA}: the id of the key, then nonce, ciphertext and tag in
 * Base64 for URLs. The empty text means no secret and stays as it is.
 */
public final class Vault {

  private static final String VERSION = "v1";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String PIN = SqlText.named("pin-key");
  private static final String RECORD = SqlText.named("record-key");

  private final KeyRing ring;
  private final RandomGenerator random;
  private final Map<String, DataKey> known = new ConcurrentHashMap<>();

  private Vault(KeyRing ring, RandomGenerator random) {
    this.ring = ring;
    this.random = random;
  }

  /**
   * Opens the vault. The first time, the preferred key is generated if necessary and its id is
   * recorded in the ledger.
   *
   * @throws WrongKey if the key in use is not available; the message says what to do
   */
  public static Vault open(Ledger ledger, KeyRing ring, SystemServices services) {
    Optional<String> recorded = keyInUse(ledger);
    if (recorded.isEmpty()) {
      String preferred = ring.preferred().id();
      ledger.write(
          jdbc ->
              jdbc.sql(RECORD)
                  .param("id", preferred)
                  .param("now", services.clock().millis())
                  .update());
      recorded = keyInUse(ledger);
    }
    Vault vault = new Vault(ring, services.random());
    vault.key(recorded.orElseThrow());
    return vault;
  }

  /**
   * The key in use.
   *
   * @param place where it is
   */
  public record InUse(String id, String place, Instant since) {}

  /** The key in use in a ledger. */
  public InUse inUse(Ledger ledger) {
    return ledger
        .read()
        .sql("select key_id, since from data_key")
        .query(
            (row, number) ->
                new InUse(
                    row.getString("key_id"),
                    ring.place(row.getString("key_id")),
                    Instant.ofEpochMilli(row.getLong("since"))))
        .single();
  }

  /** Whether a ledger may hold encrypted texts. */
  public static boolean isInUse(Ledger ledger) {
    return keyInUse(ledger).isPresent();
  }

  /** The id of the key in use; empty if nothing has been encrypted yet. */
  static Optional<String> keyInUse(Ledger ledger) {
    return ledger.read().sql("select key_id from data_key").query(String.class).optional();
  }

  /**
   * Encrypts with the key in use for the duration of a transaction.
   *
   * @param jdbc a writing transaction, during which the key does not change
   */
  public Sealer sealer(JdbcClient jdbc) {
    return sealer(key(jdbc.sql(PIN).query(String.class).single()));
  }

  /** As {@link #sealer(JdbcClient)}, with a given key. */
  Sealer sealer(DataKey key) {
    return (secret, owner) -> secret.isEmpty() ? "" : seal(key, secret, owner);
  }

  @FunctionalInterface
  public interface Sealer {

    /**
     * Encrypts a secret.
     *
     * @param owner what it belongs to; needed again to decrypt it
     */
    String seal(String secret, String owner);
  }

  private String seal(DataKey key, String secret, String owner) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, owner);
      byte[] hidden = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] all = ByteBuffer.allocate(nonce.length + hidden.length).put(nonce).put(hidden).array();
      return VERSION
          + "."
          + key.id()
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /**
   * Decrypts a text.
   *
   * @param owner what it belongs to
   * @throws WrongKey if its key is not available
   * @throws UnreadableSecret if it was damaged or belongs to another owner
   */
  public String open(String hidden, String owner) {
    if (hidden.isEmpty()) {
      return "";
    }
    String[] parts = hidden.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      throw damaged(owner);
    }
    DataKey key = key(parts[1]);
    try {
      byte[] all = Base64.getUrlDecoder().decode(parts[2]);
      byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, owner);
      byte[] plain = cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return new String(plain, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw damaged(owner);
    }
  }

  private static UnreadableSecret damaged(String owner) {
    return new UnreadableSecret(
        "a token in the ledger is damaged (" + owner + "): run ./fitroute connect for a new one");
  }

  private static Cipher cipher(int mode, DataKey key, byte[] nonce, String owner)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** Reads the ring again for an unknown key, because the key file may have changed. */
  private DataKey key(String id) {
    DataKey found = known.get(id);
    if (found == null) {
      found = ring.find(id).orElseThrow(() -> ring.missing(id));
      known.put(id, found);
    }
    return found;
  }
}
