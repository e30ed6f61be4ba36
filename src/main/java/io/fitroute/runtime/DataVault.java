package io.fitroute.runtime;

import io.fitroute.ledger.Ledger;
import io.fitroute.settings.Settings;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.KeyRing;
import io.fitroute.vault.Vault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The vault for secrets in the ledger, with the key from the settings. */
public final class DataVault {

  private static final String KEY_FILE = "data.key";

  private DataVault() {}

  /** The key file, used while {@code data.key} is not set. */
  public static Path keyFile(Settings settings) {
    return settings.path("data.dir").resolve(KEY_FILE);
  }

  /** All files that contain a key or may do so. */
  static List<Path> keyFiles(Settings settings) {
    return Stream.of(
            List.of(keyFile(settings)),
            settings.secretFiles("data.key"),
            settings.secretFiles("data.previous-key"))
        .flatMap(List::stream)
        .toList();
  }

  /** The available keys. */
  public static KeyRing ring(Settings settings, SystemServices services) {
    return KeyRing.of(
        settings.secret("data.key"),
        settings.secret("data.previous-key"),
        keyFile(settings),
        services);
  }

  public static Vault open(Settings settings, Ledger ledger, SystemServices services) {
    return Vault.open(ledger, ring(settings, services), services);
  }
}
