package io.fitroute.cli;

import io.fitroute.cli.report.Report;
import io.fitroute.inbox.EventState;
import io.fitroute.ledger.SqlText;
import io.fitroute.runtime.LedgerFile;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fitroute events}: lists the events of the inbox. */
@Command(
    name = "events",
    description = "List events, newest first, with their state and reason.",
    footer = {"  ./fitroute events", "  ./fitroute events --state dead --limit 100 --json"})
final class EventsCommand extends Reporting {

  private static final int MOST = 100_000;

  @Option(
      names = "--state",
      paramLabel = "pending|done|skipped|dead",
      description = "Only events in this state.")
  private Optional<String> state = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Maximum number of events (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw CommandFailure.wrongUsage("--limit is %d, allowed is 1 to %d".formatted(limit, MOST));
    }
    String wanted = state.map(EventsCommand::known).orElse("");
    List<EventsReport.Line> lines =
        LedgerFile.inExisting(settings(), ledger -> lines(ledger.read(), wanted, limit))
            .orElse(List.of());
    return report(new EventsReport(lines));
  }

  private static String known(String state) {
    return Arrays.stream(EventState.values())
        .map(EventState::word)
        .filter(word -> word.equals(state.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.wrongUsage(
                    "--state is '%s', allowed is one of %s"
                        .formatted(
                            state,
                            Arrays.stream(EventState.values())
                                .map(EventState::word)
                                .collect(Collectors.joining(", ")))));
  }

  private static List<EventsReport.Line> lines(JdbcClient ledger, String state, int limit) {
    return ledger
        .sql(SqlText.named("list-events"))
        .param("state", state)
        .param("limit", limit)
        .query(
            (row, number) ->
                new EventsReport.Line(
                    row.getLong("id"),
                    row.getString("origin"),
                    row.getString("aspect"),
                    row.getString("object_type"),
                    row.getString("object_id"),
                    row.getString("owner_id"),
                    Instant.ofEpochMilli(row.getLong("event_time")).toString(),
                    Instant.ofEpochMilli(row.getLong("received_at")).toString(),
                    row.getString("state"),
                    row.getInt("failures") + row.getInt("not_ready"),
                    Optional.ofNullable(row.getObject("due_at"))
                        .map(due -> Instant.ofEpochMilli(((Number) due).longValue()).toString())
                        .orElse(""),
                    Optional.ofNullable(row.getString("reason")).orElse("")))
        .list();
  }

  /** Events of the inbox. */
  record EventsReport(List<Line> events) implements Report {

    /**
     * One event.
     *
     * @param attempts the number of failed attempts
     * @param nextAttempt the time of the next attempt; empty once it is settled, and while it waits
     *     for an earlier event
     * @param reason why it ended or what it waits for
     */
    record Line(
        long id,
        String origin,
        String aspect,
        String objectType,
        String objectId,
        String ownerId,
        String eventTime,
        String receivedAt,
        String state,
        int attempts,
        String nextAttempt,
        String reason) {}

    @Override
    public void print(PrintWriter out) {
      if (events.isEmpty()) {
        out.println("no events");
      }
      for (Line line : events) {
        out.printf(
            "%6d  %s  %-8s %s of %s %s%s%s%n",
            line.id(),
            line.receivedAt(),
            line.state(),
            line.aspect(),
            line.objectType(),
            line.objectId(),
            line.nextAttempt().isEmpty() ? "" : ", next at " + line.nextAttempt(),
            line.reason().isEmpty() ? "" : ": " + line.reason());
      }
    }
  }
}
