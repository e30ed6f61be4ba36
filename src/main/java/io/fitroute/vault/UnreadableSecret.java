package io.fitroute.vault;

/** A secret in the ledger cannot be decrypted. The message says what to do about it. */
public class UnreadableSecret extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableSecret(String message) {
    super(message);
  }
}
