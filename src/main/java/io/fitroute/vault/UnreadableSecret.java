package io.fitroute.vault;

/** A secret in the ledger cannot be decrypted. The message says what to do. */
public class UnreadableSecret extends RuntimeException {

  UnreadableSecret(String message) {
    super(message);
  }
}
