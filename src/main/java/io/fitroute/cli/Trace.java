package io.fitroute.cli;

import io.fitroute.delivery.Deliveries;
import io.fitroute.inbox.Story;
import io.fitroute.ledger.Ledger;
import io.fitroute.service.LedgerFile;
import io.fitroute.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fitroute trace}: why there is a file of an activity, or why not. */
@Command(
    name = "trace",
    description = "Tell the whole story of one activity: what was received, tried, and delivered.",
    footer = {"  ./fitroute trace 16999000111"})
final class Trace extends Reporting {

  @Parameters(paramLabel = "ACTIVITY_ID", description = "Number of the activity.")
  private String id;

  @Override
  public Integer call() {
    Settings settings = settings();
    return report(
        LedgerFile.inExisting(settings, ledger -> trace(ledger, settings))
            .orElseGet(() -> new TraceReport(id, "", "", List.of(), List.of())));
  }

  private TraceReport trace(Ledger ledger, Settings settings) {
    Clock clock = Clock.systemUTC();
    Optional<String[]> activity =
        ledger
            .read()
            .sql("select coalesce(name, '') as name, sport_type from activity where id = ?")
            .param(id)
            .query(
                (row, number) -> new String[] {row.getString("name"), row.getString("sport_type")})
            .optional();
    List<TraceReport.Step> steps =
        new Story(ledger, clock)
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
        activity.map(found -> found[0]).orElse(""),
        activity.map(found -> found[1]).orElse(""),
        steps,
        files);
  }
}
