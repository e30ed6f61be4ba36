package io.fitroute.service;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerAddress;
import io.fitroute.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The ledger that the settings name. */
public final class LedgerFile {

  private LedgerFile() {}

  /** Where it is. */
  public static LedgerAddress address(Settings settings) {
    return new LedgerAddress(
        settings.text("database.url"),
        settings.optionalText("database.user").orElse(""),
        settings.secret("database.password").orElse(""));
  }

  /** Opens it, making it when it is not there. */
  public static Ledger open(Settings settings) {
    return address(settings).open();
  }

  /** Opens it for a command that only looks; empty when it was never made. */
  public static Optional<Ledger> openExisting(Settings settings) {
    Optional<Path> file = Ledger.file(settings.text("database.url"));
    return file.isPresent() && !Files.exists(file.get())
        ? Optional.empty()
        : Optional.of(open(settings));
  }
}
