package io.fitroute.strava.oauth;

import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.KeyRing;
import io.fitroute.vault.Vault;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The tokens in a ledger, under a key in a folder. */
public final class Vaults {

  private Vaults() {}

  /** Opens the vault as every process on that folder does. */
  public static Vault open(Ledger ledger, Path folder, Clock clock) {
    SystemServices services = SystemServices.with(clock);
    KeyRing ring = KeyRing.of(Optional.empty(), Optional.empty(), folder.resolve("key"), services);
    return Vault.open(ledger, ring, services);
  }

  /** The token store of such a process. */
  public static TokenStore tokens(Ledger ledger, Path folder, Clock clock) {
    return new TokenStore(ledger, open(ledger, folder, clock), clock);
  }
}
