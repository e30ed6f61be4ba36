package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.Report;
import io.fitroute.inbox.Outcomes;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.LedgerFile;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute replay}: puts dead events back and makes waiting ones due. */
@Command(
    name = "replay",
    description = "Retry dead or waiting events now; a running service processes them at once.",
    footer = {"  ./fitroute replay 17 18", "  ./fitroute replay --dead"})
final class ReplayCommand extends Reporting {

  @Parameters(
      arity = "0..*",
      paramLabel = "EVENT_ID",
      description = "IDs of events, as shown by ./fitroute events.")
  private List<Long> ids = List.of();

  @Option(names = "--dead", description = "All dead events.")
  private boolean dead;

  /**
   * @param asked the number of events named
   * @param replayed the number of them that were dead or waiting and are due now
   */
  record Outcome(int asked, int replayed) implements Report {

    @Override
    public void print(PrintWriter out) {
      out.printf("%d of %d events retried%s%n", replayed, asked, hint());
    }

    @Override
    public int exitCode() {
      return replayed == asked ? ExitCode.DONE : ExitCode.FAILED;
    }

    private String hint() {
      return replayed == asked ? "" : "; the others are done or skipped, or in progress";
    }
  }

  @Override
  public Integer call() {
    if (dead == !ids.isEmpty()) {
      throw CommandFailure.wrongUsage("needs either event IDs or --dead");
    }
    return report(
        LedgerFile.inExisting(settings(), this::replay)
            .orElseGet(() -> new Outcome(ids.size(), 0)));
  }

  private Outcome replay(Ledger ledger) {
    List<Long> named =
        dead
            ? ledger
                .read()
                .sql("select id from event where state = 'dead' order by id")
                .query(Long.class)
                .list()
            : ids;
    return new Outcome(named.size(), new Outcomes(ledger, Clock.systemUTC()).replay(named));
  }
}
