package io.fitroute.cli;

import io.fitroute.cli.report.ResendReport;
import io.fitroute.delivery.Resends;
import io.fitroute.delivery.Resends.Resendable;
import io.fitroute.delivery.Sinks;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.runtime.WorkClient;
import io.fitroute.settings.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fitroute resend}: fills a new or emptied sink. */
@Command(
    name = "resend",
    description =
        "Copy files to a sink that does not have them, from the sinks that do. Strava is"
            + " not asked.",
    footer = {
      "  ./fitroute resend --sink s3 --dry-run",
      "  ./fitroute resend --sink sftp --since 2026-01-01"
    })
final class ResendCommand extends Reporting {

  @Option(
      names = "--sink",
      required = true,
      paramLabel = "NAME",
      description = "The sink that gets the files.")
  private String sink = "";

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "Only activities that began on or after this date, such as 2026-01-01.")
  private Optional<LocalDate> since = Optional.empty();

  @Option(names = "--dry-run", description = "Only list the files.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = settings();
    requireSink(environment(), sink);
    Instant from =
        since.map(date -> date.atStartOfDay(ZoneOffset.UTC).toInstant()).orElse(Instant.EPOCH);
    List<Resendable> found =
        LedgerFile.inExisting(settings, ledger -> Resends.all(ledger, sink, from))
            .orElse(List.of());
    return report(
        new ResendReport(
            sink, dryRun || found.isEmpty() ? listed(found) : resent(found, settings)));
  }

  static void requireSink(Environment environment, String sink) {
    List<String> names = new Sinks(environment.settings()).names();
    if (!names.contains(sink)) {
      throw CommandFailure.wrongUsage(
          "found --sink " + sink + ", allowed are " + String.join(", ", names));
    }
  }

  private static List<ResendReport.Line> listed(List<Resendable> found) {
    return found.stream()
        .map(
            one ->
                new ResendReport.Line(
                    one.activityId(),
                    one.place(),
                    "planned",
                    one.recorded()
                        ? "recorded as delivered; checked before it is sent"
                        : "not there yet"))
        .toList();
  }

  private List<ResendReport.Line> resent(List<Resendable> found, Settings settings)
      throws InterruptedException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (WorkClient workClient = WorkClient.open(settings, environment().home());
        Progress progress = progress("resending", found.size())) {
      return new Requests(workClient.inbox())
          .follow(
              found, one -> Resends.request(one, sink, now), ResendReport.Line::of, progress::step);
    }
  }
}
