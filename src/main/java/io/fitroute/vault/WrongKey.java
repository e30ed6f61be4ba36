package io.fitroute.vault;

/** The key that was given is not the one that secrets in the ledger were encrypted with. */
public final class WrongKey extends UnreadableSecret {

  WrongKey(String message) {
    super(message);
  }
}
