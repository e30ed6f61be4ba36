package io.fitroute.ledger;

import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The address and login of a ledger.
 *
 * @param url {@code jdbc:sqlite:...} or {@code jdbc:postgresql:...}
 * @param user empty if not needed
 * @param password must never be shown
 */
public record LedgerAddress(String url, String user, String password) {

  /** The file; empty for a server. */
  public Optional<Path> file() {
    return Ledger.file(url);
  }

  /** The address without secrets. */
  public String shown() {
    return shown(url);
  }

  /** A URL without what follows its question mark, which may be a password. */
  static String shown(String url) {
    return url.replaceFirst("\\?.*", "");
  }

  /** Opens the ledger, creating it if necessary. */
  public Ledger open(SystemServices services) {
    return Ledger.open(url, user, password, services);
  }

  @Override
  public String toString() {
    return shown();
  }
}
