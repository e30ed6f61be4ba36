package io.fitroute.cli;

import io.fitroute.delivery.Upgrades;
import io.fitroute.delivery.Upgrades.Upgradable;
import io.fitroute.service.Desk;
import io.fitroute.service.LedgerFile;
import io.fitroute.settings.Settings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fitroute upgrade}: replaces what was written from streams by what devices uploaded. */
@Command(
    name = "upgrade",
    description =
        "Replace files that were written from streams by the originals, where these are to be had"
            + " now. Paths stay.",
    footer = {"  ./fitroute upgrade --dry-run", "  ./fitroute upgrade --json"})
final class Upgrade extends Reporting {

  @Option(names = "--dry-run", description = "Only list them.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = settings();
    List<Upgradable> found = LedgerFile.inExisting(settings, Upgrades::all).orElse(List.of());
    return report(
        new UpgradeReport(dryRun || found.isEmpty() ? listed(found) : upgraded(found, settings)));
  }

  private static List<UpgradeReport.Line> listed(List<Upgradable> found) {
    return found.stream()
        .map(one -> UpgradeReport.Line.planned(one.activityId(), one.place()))
        .toList();
  }

  private List<UpgradeReport.Line> upgraded(List<Upgradable> found, Settings settings)
      throws InterruptedException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (Desk desk = Desk.open(settings, surroundings().home());
        Progress progress = progress("upgrading", found.size())) {
      return new Requests(desk.inbox())
          .follow(
              found,
              one -> Upgrades.request(one, now),
              (one, status) -> UpgradeReport.Line.of(one.activityId(), one.place(), status),
              progress::step);
    }
  }
}
