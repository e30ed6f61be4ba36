package io.fitroute.vault;

/** The key that was given is not the one that secrets in the ledger were encrypted with. */
public final class WrongKey extends UnreadableSecret {

  private static final long serialVersionUID = 1L;

  WrongKey(String message) {
    super(message);
  }
}
