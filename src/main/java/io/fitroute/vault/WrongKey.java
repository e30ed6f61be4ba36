package io.fitroute.vault;

/** The given key is not the one that the ledger's secrets were encrypted with. */
public final class WrongKey extends UnreadableSecret {

  WrongKey(String message) {
    super(message);
  }
}
