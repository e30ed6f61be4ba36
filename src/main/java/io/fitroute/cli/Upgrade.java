package io.fitroute.cli;

import io.fitroute.delivery.Upgrades;
import io.fitroute.delivery.Upgrades.Upgradable;
import io.fitroute.service.Desk;
import io.fitroute.service.LedgerFile;
import io.fitroute.settings.Settings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fitroute upgrade}: replaces what was written from streams by what devices uploaded. */
@Command(
    name = "upgrade",
    description =
        "Replace files that were written from streams by the originals, where these are to be had"
            + " now. Paths stay.",
    footer = {"  ./fitroute upgrade --dry-run", "  ./fitroute upgrade --json"})
final class Upgrade implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--dry-run", description = "Only list them.")
  private boolean dryRun;

  @Mixin private Reporting reporting;
  @Spec private CommandSpec spec;

  Upgrade(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = surroundings.settings();
    List<Upgradable> found = LedgerFile.inExisting(settings, Upgrades::all).orElse(List.of());
    UpgradeReport report =
        new UpgradeReport(dryRun || found.isEmpty() ? listed(found) : upgraded(found, settings));
    reporting.report(report);
    return report.isAnyDead() ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static List<UpgradeReport.Line> listed(List<Upgradable> found) {
    return found.stream()
        .map(one -> UpgradeReport.Line.planned(one.activityId(), one.place()))
        .toList();
  }

  private List<UpgradeReport.Line> upgraded(List<Upgradable> found, Settings settings)
      throws InterruptedException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (Desk desk = Desk.open(settings, surroundings.home());
        Progress progress =
            Progress.of("upgrading", found.size(), spec.commandLine().getErr(), surroundings)) {
      return new Requests(desk.inbox())
          .follow(
              found,
              one -> Upgrades.request(one, now),
              (one, status) -> UpgradeReport.Line.of(one.activityId(), one.place(), status),
              progress::step);
    }
  }
}
