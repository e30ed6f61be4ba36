package io.fitroute.runtime;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerAddress;
import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.settings.Settings;
import io.fitroute.system.SystemServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The ledger named by the settings. */
public final class LedgerFile {

  private LedgerFile() {}

  /** Its address. */
  public static LedgerAddress address(Settings settings) {
    return new LedgerAddress(
        settings.text("database.url"),
        settings.optionalText("database.user").orElse(""),
        settings.secret("database.password").orElse(""));
  }

  /**
   * Opens the ledger, creating it if it does not exist.
   *
   * @throws CannotStart if there can be no file at its path
   * @throws LedgerUnavailable if it cannot be used for another reason
   */
  static Ledger open(Settings settings, SystemServices services) {
    try {
      return address(settings).open(services);
    } catch (LedgerUnavailable e) {
      Optional<Path> file = Ledger.file(settings.text("database.url")).map(Path::toAbsolutePath);
      if (file.isPresent()
          && (Files.isDirectory(file.get()) || !Files.isDirectory(file.get().getParent()))) {
        throw new CannotStart(e.getMessage(), e);
      }
      throw e;
    }
  }

  /** As {@link #open(Settings, SystemServices)}, with the services of the JDK. */
  public static Ledger open(Settings settings) {
    return open(settings, SystemServices.ofJdk());
  }

  /** Runs work on the ledger; empty if the ledger does not exist. */
  public static <T> Optional<T> inExisting(Settings settings, Function<Ledger, T> work) {
    return openExisting(settings)
        .map(
            ledger -> {
              try (ledger) {
                return work.apply(ledger);
              }
            });
  }

  /** Opens the ledger for reading by a command; empty if it does not exist. */
  public static Optional<Ledger> openExisting(Settings settings) {
    Optional<Path> file = Ledger.file(settings.text("database.url"));
    return file.isPresent() && !Files.exists(file.get())
        ? Optional.empty()
        : Optional.of(open(settings));
  }
}
