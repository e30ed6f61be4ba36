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

/** {@code fitroute replay}: puts dead events back, and lets waiting ones go on. */
@Command(
    name = "replay",
    description =
        "Put dead events back into the inbox, or let events go on that wait; a running service takes"
            + " them up at once.",
    footer = {"  ./fitroute replay 17 18", "  ./fitroute replay --dead"})
final class ReplayCommand extends Reporting {

  @Parameters(
      arity = "0..*",
      paramLabel = "EVENT_ID",
      description = "Numbers of events, as ./fitroute events shows them.")
  private List<Long> ids = List.of();

  @Option(names = "--dead", description = "All that are dead.")
  private boolean dead;

  /**
   * @param asked how many were named
   * @param replayed how many of them were dead or waiting, and are due now
   */
  record Outcome(int asked, int replayed) implements Report {

    @Override
    public void print(PrintWriter out) {
      out.printf("%d of %d put back%s%n", replayed, asked, hint());
    }

    @Override
    public int exitCode() {
      return replayed == asked ? ExitCode.DONE : ExitCode.FAILED;
    }

    private String hint() {
      return replayed == asked
          ? ""
          : "; the others have come to a good end, or are being worked on";
    }
  }

  @Override
  public Integer call() {
    if (dead == !ids.isEmpty()) {
      throw CommandFailure.wrongUsage("needs either numbers of events or --dead");
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
