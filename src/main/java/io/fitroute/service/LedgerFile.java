package io.fitroute.service;

import io.fitroute.inbox.Inbox;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerAddress;
import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger that the settings name. */
public final class LedgerFile {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerFile.class);

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

  /**
   * Opens it for a command that looks at what it holds, events that have only just arrived
   * included; empty when it was never made.
   */
  public static Optional<Ledger> openExisting(Settings settings) {
    Optional<Path> file = Ledger.file(settings.text("database.url"));
    if (file.isPresent() && !Files.exists(file.get())) {
      return Optional.empty();
    }
    Ledger ledger = open(settings);
    try {
      Inbox inbox = new Inbox(ledger, Clock.systemUTC());
      while (inbox.sortArrivals()) {
        // there may be more
      }
    } catch (LedgerUnavailable e) {
      LOG.debug("What has just arrived cannot be sorted at the moment", e);
    }
    return Optional.of(ledger);
  }
}
