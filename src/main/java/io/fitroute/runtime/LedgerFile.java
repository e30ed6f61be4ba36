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

  /**
   * Opens it, making it when it is not there.
   *
   * @throws CannotStart if it is a file at a place where there can be none
   * @throws LedgerUnavailable if it cannot be used otherwise
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

  /** Does something in it, as {@link #openExisting}; empty when it was never made. */
  public static <T> Optional<T> inExisting(Settings settings, Function<Ledger, T> work) {
    return openExisting(settings)
        .map(
            ledger -> {
              try (ledger) {
                return work.apply(ledger);
              }
            });
  }

  /** Opens it for a command that looks at what it holds; empty when it was never made. */
  public static Optional<Ledger> openExisting(Settings settings) {
    Optional<Path> file = Ledger.file(settings.text("database.url"));
    return file.isPresent() && !Files.exists(file.get())
        ? Optional.empty()
        : Optional.of(open(settings));
  }
}
