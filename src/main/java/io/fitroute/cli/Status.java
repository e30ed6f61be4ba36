package io.fitroute.cli;

import io.fitroute.service.LedgerFile;
import io.fitroute.service.ServiceLock;
import io.fitroute.settings.Settings;
import picocli.CommandLine.Command;

/** {@code fitroute status}: how things stand, from the ledger alone. */
@Command(
    name = "status",
    description =
        "Say what is connected, subscribed, pending, delivered and dead, how much of the API budget"
            + " is left, and what happens next.",
    footer = {"  ./fitroute status", "  ./fitroute status --json"})
final class Status extends Reporting {

  @Override
  public Integer call() {
    Settings settings = settings();
    boolean running = ServiceLock.isHeld(settings.path("data.dir"));
    return report(
        LedgerFile.inExisting(settings, ledger -> StatusReport.of(ledger, settings, running))
            .orElseGet(() -> StatusReport.ofNothing(settings)));
  }
}
