package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.delivery.Deliveries;
import io.fitroute.inbox.EventLog;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.settings.Settings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fitroute trace}: shows why an activity has a file or has none. */
@Command(
    name = "trace",
    description =
        "Show the history of one activity or one Hevy workout: what was received, tried and"
            + " delivered.",
    footer = {"  ./fitroute trace 16999000111"})
final class TraceCommand extends Reporting {

  @Parameters(paramLabel = "ACTIVITY_ID", description = "ID of the activity or of the workout.")
  private String id;

  private record Known(String name, String sportType) {}

  @Override
  public Integer call() {
    Settings settings = settings();
    return report(
        LedgerFile.inExisting(settings, ledger -> trace(ledger, settings))
            .orElseGet(() -> new TraceReport(id, "", "", List.of(), List.of())));
  }

  private TraceReport trace(Ledger ledger, Settings settings) {
    Clock clock = Clock.systemUTC();
    Optional<Known> activity =
        ledger
            .read()
            .sql("select coalesce(name, '') as name, sport_type from activity where id = ?")
            .param(id)
            .query(Known.class)
            .optional()
            .or(() -> workout(ledger));
    List<TraceReport.Step> steps =
        new EventLog(ledger, clock)
            .of(id).stream()
                .map(
                    step -> new TraceReport.Step(step.at().toString(), step.eventId(), step.text()))
                .toList();
    List<TraceReport.File> files =
        new Deliveries(ledger, settings.list("fit.sinks"), clock, List.of())
            .of(id).stream()
                .map(
                    one ->
                        new TraceReport.File(
                            one.sink(),
                            one.path(),
                            one.provenance(),
                            one.size(),
                            one.sha256(),
                            one.deliveredAt().toString()))
                .toList();
    return new TraceReport(
        id,
        activity.map(Known::name).orElse(""),
        activity.map(Known::sportType).orElse(""),
        steps,
        files);
  }

  private Optional<Known> workout(Ledger ledger) {
    return ledger
        .read()
        .sql(
            "select title as name, 'workout, ' || activity_id || ' at Intervals.icu' as sport_type"
                + " from workout where id = ?")
        .param(id)
        .query(Known.class)
        .optional();
  }

  /**
   * The history of one activity.
   *
   * @param name its title; empty if unknown
   * @param steps what happened, oldest first
   * @param files its files
   */
  record TraceReport(
      String activityId, String name, String sportType, List<Step> steps, List<File> files)
      implements Report {

    /**
     * @param event the event to which the step belongs
     */
    record Step(String at, long event, String what) {}

    record File(
        String sink,
        String path,
        String provenance,
        long size,
        String sha256,
        String deliveredAt) {}

    private boolean isNothing() {
      return steps.isEmpty() && files.isEmpty();
    }

    @Override
    public int exitCode() {
      return isNothing() ? ExitCode.FAILED : ExitCode.DONE;
    }

    @Override
    public void print(PrintWriter out) {
      if (isNothing()) {
        out.println("nothing is known of activity " + activityId + ": no event of it was received");
        return;
      }
      out.println(
          ("activity " + activityId + "  " + sportType + "  " + Printable.line(name)).strip());
      for (Step step : steps) {
        out.printf("  %s  event %d  %s%n", step.at(), step.event(), Printable.line(step.what()));
      }
      for (File file : files) {
        out.printf(
            "  file at %s: %s (%s, %d bytes, SHA-256 %s, since %s)%n",
            file.sink(),
            file.path(),
            file.provenance(),
            file.size(),
            file.sha256(),
            file.deliveredAt());
      }
    }
  }
}
