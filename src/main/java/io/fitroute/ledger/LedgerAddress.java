package io.fitroute.ledger;

import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a ledger is, and who may use it.
 *
 * @param url {@code jdbc:sqlite:...} or {@code jdbc:postgresql:...}
 * @param user empty where nobody asks for one
 * @param password never to be shown
 */
public record LedgerAddress(String url, String user, String password) {

  /** The file; empty if it is on a server. */
  public Optional<Path> file() {
    return Ledger.file(url);
  }

  /** The address as it may be shown. */
  public String shown() {
    return shown(url);
  }

  /** A URL as it may be shown: what stands after its question mark may be a password. */
  static String shown(String url) {
    return url.replaceFirst("\\?.*", "");
  }

  /** Opens the ledger, making it when it is not there. */
  public Ledger open(SystemServices services) {
    return Ledger.open(url, user, password, services);
  }

  @Override
  public String toString() {
    return shown();
  }
}
