package io.fitroute.cli;

import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.DataVault;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.runtime.ServiceLock;
import io.fitroute.settings.Settings;
import io.fitroute.strava.oauth.TokenStore;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.KeyChange;
import io.fitroute.vault.KeyRing;
import io.fitroute.vault.Vault;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fitroute key}: shows or replaces the key that encrypts the tokens in the ledger. */
@Command(
    name = "key",
    description = {
      "Show the key that encrypts the tokens in the database, replace it with a new one"
          + " (rotate), or start over if it is lost (reset: the tokens are deleted, and the"
          + " athletes connect again).",
      "If the key is in its file, both work while the service runs. If it is the setting"
          + " data.key, stop the service, set data.key to the new key and data.previous-key to"
          + " the old one, run ./fitroute key rotate, and start the service."
    },
    footer = {"  ./fitroute key", "  ./fitroute key rotate", "  ./fitroute key reset --json"})
final class KeyCommand extends Reporting {

  private static final String LOST = "the key of its tokens was lost";

  private final SystemServices services = SystemServices.ofJdk();

  @Parameters(
      arity = "0..1",
      paramLabel = "show|rotate|reset",
      defaultValue = "show",
      description = "What to do (default: ${DEFAULT-VALUE}).")
  private String action;

  @Override
  public Integer call() {
    Settings settings = settings();
    KeyRing ring = DataVault.ring(settings, services);
    try (Ledger ledger = LedgerFile.open(settings)) {
      return report(
          switch (action) {
            case "show" -> show(ledger, ring);
            case "rotate" -> rotate(settings, ledger, ring);
            case "reset" -> reset(settings, ledger, ring);
            default ->
                throw CommandFailure.wrongUsage(
                    "found '" + action + "', allowed is show, rotate or reset");
          });
    }
  }

  private KeyReport show(Ledger ledger, KeyRing ring) {
    Vault.InUse used = Vault.open(ledger, ring, services).inUse(ledger);
    return new KeyReport("in use", used.id(), used.place(), second(used.since()), "", 0);
  }

  private KeyReport rotate(Settings settings, Ledger ledger, KeyRing ring) {
    refuseBesideService(settings, ring);
    return changed("rotated", new KeyChange(ledger, ring, services).rotate(TokenStore.COLUMNS));
  }

  private KeyReport reset(Settings settings, Ledger ledger, KeyRing ring) {
    refuseBesideService(settings, ring);
    return changed(
        "reset",
        new KeyChange(ledger, ring, services)
            .reset(jdbc -> TokenStore.forgetAll(jdbc, LOST, services.clock())));
  }

  private KeyReport changed(String what, KeyChange.Done done) {
    return new KeyReport(
        what,
        done.after(),
        done.place(),
        second(services.clock().instant()),
        done.before(),
        done.secrets());
  }

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A running service does not read its settings again and would continue with the old key. */
  private static void refuseBesideService(Settings settings, KeyRing ring) {
    if (ring.isGiven() && ServiceLock.isHeld(settings.path("data.dir"))) {
      throw CommandFailure.failed(
          "the service is running with the key from the setting data.key: stop it first");
    }
  }

  /**
   * The key that encrypts the tokens.
   *
   * @param what {@code in use}, {@code rotated} or {@code reset}
   * @param id distinguishes it from other keys
   * @param place where it is
   * @param since when it came into use
   * @param before the id of the previous key; empty if the key is only shown
   * @param concerned the number of tokens encrypted anew, or of athletes who must reconnect
   */
  record KeyReport(String what, String id, String place, String since, String before, int concerned)
      implements Report {

    @Override
    public void print(PrintWriter out) {
      out.println("key " + id + ", in " + place + ", in use since " + since);
      switch (what) {
        case "rotated" ->
            out.println(
                concerned
                    + " tokens were re-encrypted; key "
                    + before
                    + " is only needed for older backups");
        case "reset" ->
            out.println(
                Printable.count(concerned, "athlete") + " to connect again: ./fitroute connect");
        default -> out.println("keep a copy of it apart from the database");
      }
    }
  }
}
