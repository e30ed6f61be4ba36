package io.fitroute.cli;

import io.fitroute.service.LedgerFile;
import io.fitroute.service.ServiceLock;
import io.fitroute.settings.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fitroute status}: how things stand, from the ledger alone. */
@Command(
    name = "status",
    description =
        "Say what is connected, subscribed, pending, delivered and dead, how much of the API budget"
            + " is left, and what happens next.",
    footer = {"  ./fitroute status", "  ./fitroute status --json"})
final class Status implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private Reporting reporting;

  Status(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Settings settings = surroundings.settings();
    boolean running = ServiceLock.isHeld(settings.path("data.dir"));
    StatusReport report =
        LedgerFile.inExisting(settings, ledger -> StatusReport.of(ledger, settings, running))
            .orElseGet(() -> StatusReport.ofNothing(settings));
    reporting.report(report);
    return ExitCode.DONE;
  }
}
