package io.fitroute.cli;

import io.fitroute.history.Batch;
import io.fitroute.inbox.EventState;
import io.fitroute.ledger.Ledger;
import io.fitroute.settings.Settings;
import io.fitroute.strava.Budget;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * How far the past has been fetched.
 *
 * @param requestsEach API requests that an activity takes, besides the list
 * @param requestsLeft API requests that are left for the past until {@code windowUntil}; -1 while
 *     Strava has not said
 * @param next what waits now, and until when; empty if nothing does
 * @param finishedAt when it will be done, by the budget; empty if nothing is left to do, or it is
 *     not known yet
 * @param notice what else there is to say
 */
record BackfillReport(
    List<Line> athletes,
    int requestsEach,
    long requestsLeft,
    String windowUntil,
    String next,
    String finishedAt,
    List<String> notice)
    implements Report {

  private static final int BAR = 20;

  /**
   * One athlete's past.
   *
   * @param fresh activities that are, or in a dry run would be, fetched
   * @param leftOut how many of each kind that is not wanted
   */
  record Line(
      String athleteId,
      boolean dryRun,
      boolean listRead,
      int pages,
      int listed,
      int fresh,
      int known,
      Map<String, Integer> leftOut,
      long delivered,
      long skipped,
      long failed,
      long pending) {

    static Line of(Batch batch, Ledger ledger) {
      Map<EventState, Long> events = batch.events(ledger.read());
      return new Line(
          batch.athleteId(),
          batch.options().dryRun(),
          batch.isListed(),
          batch.pages(),
          batch.listed(),
          batch.fresh(),
          batch.known(),
          batch.leftOut(),
          events.get(EventState.DONE),
          events.get(EventState.SKIPPED),
          events.get(EventState.DEAD),
          events.get(EventState.PENDING));
    }

    long left() {
      return dryRun ? fresh : pending;
    }
  }

  /** How many requests an activity takes: none while originals come by the web site. */
  static int requestsEach(Settings settings, boolean laps) {
    boolean originals =
        settings.list("fit.exports").get(0).equals("original")
            && settings.secret("strava.session-cookie").isPresent();
    int ofStreams = laps ? 2 : 1;
    return originals ? 0 : ofStreams;
  }

  static BackfillReport of(
      List<Batch> batches, Ledger ledger, int each, int reserve, boolean isNobodyWorking) {
    Instant now = Instant.now();
    List<Line> lines = batches.stream().map(one -> Line.of(one, ledger)).toList();
    long left = lines.stream().mapToLong(Line::left).sum();
    Optional<Budget.Left> reads =
        Budget.left(ledger, now).stream().filter(one -> one.family().equals("read")).findFirst();
    boolean isKnown = lines.stream().allMatch(Line::listRead) && left > 0 && each > 0;
    return new BackfillReport(
        lines,
        each,
        reads.map(one -> unreserved(one, reserve)).orElse(-1L),
        reads.map(Budget.Left::shortUntil).orElse(""),
        next(ledger, batches, now),
        isKnown ? finished(ledger, now, left * each, reserve) : "",
        notice(lines, isNobodyWorking));
  }

  private static long unreserved(Budget.Left reads, int reserve) {
    long window = reads.shortLeft() - (long) reads.shortLimit() * reserve / 100;
    long day = reads.dayLeft() - (long) reads.dayLimit() * reserve / 100;
    return Math.max(0, Math.min(window, day));
  }

  private static String finished(Ledger ledger, Instant now, long requests, int reserve) {
    Instant end = Budget.finished(ledger, now, requests, reserve);
    return end.equals(Instant.MAX) ? "never: budget.reserve leaves nothing" : end.toString();
  }

  private static String next(Ledger ledger, List<Batch> batches, Instant now) {
    return ledger
        .read()
        .sql(
            "select due_at, reason from event where origin = 'backfill' and event_time in (:batches)"
                + " and state = 'pending' and reason is not null and due_at > :now and lease is null"
                + " order by due_at limit 1")
        .param("batches", batches.stream().map(Batch::id).toList())
        .param("now", now.toEpochMilli())
        .query(
            (row, number) ->
                "continues at "
                    + Instant.ofEpochMilli(row.getLong("due_at"))
                    + ": "
                    + row.getString("reason"))
        .optional()
        .orElse("");
  }

  private static List<String> notice(List<Line> lines, boolean isNobodyWorking) {
    if (isNobodyWorking) {
      return List.of("no service is running here: it goes on once one is started with ./fitroute");
    }
    return lines.stream().anyMatch(Line::dryRun)
        ? List.of(
            "Strava's bulk export (https://www.strava.com/account, Download or Delete Your Account)"
                + " holds the originals of all activities, and takes no request")
        : List.of();
  }

  /** One line on how far it is. */
  String progress() {
    long fresh = lines(Line::fresh);
    long done = fresh - lines(Line::left);
    String counts =
        fresh
            + " new, "
            + lines(Line::known)
            + " known, "
            + (lines(Line::skipped) + lines(BackfillReport::leftOut))
            + " skipped, "
            + lines(Line::failed)
            + " failed";
    String list =
        athletes.stream().allMatch(Line::listRead) ? "" : "; reading the list, page " + pages();
    return bar(done, fresh)
        + " "
        + done
        + " of "
        + fresh
        + " ("
        + counts
        + ")"
        + list
        + (requestsLeft < 0 ? "" : "; " + requestsLeft + " requests left until " + windowUntil)
        + (next.isEmpty() ? "" : "; " + next)
        + (finishedAt.isEmpty() ? "" : "; finished " + finishedAt);
  }

  private long lines(ToLongFunction<Line> number) {
    return athletes.stream().mapToLong(number).sum();
  }

  private static long leftOut(Line line) {
    return line.leftOut().values().stream().mapToInt(Integer::intValue).sum();
  }

  private long pages() {
    return lines(Line::pages) + 1;
  }

  private static String bar(long done, long all) {
    int full = all == 0 ? 0 : (int) (BAR * done / all);
    return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "]";
  }

  @Override
  public int exitCode() {
    return athletes.stream().anyMatch(line -> line.failed() > 0) ? ExitCode.FAILED : ExitCode.DONE;
  }

  @Override
  public void print(PrintWriter out) {
    for (Line line : athletes) {
      out.println(
          "athlete "
              + line.athleteId()
              + ": "
              + line.listed()
              + " listed, "
              + line.known()
              + " known already, "
              + line.fresh()
              + (line.dryRun() ? " would be fetched" : " new"));
      if (!line.leftOut().isEmpty()) {
        out.println(
            "  left out: "
                + line.leftOut().entrySet().stream()
                    .map(kind -> kind.getValue() + " " + kind.getKey())
                    .collect(Collectors.joining(", ")));
      }
      if (!line.dryRun()) {
        out.printf(
            "  %d delivered, %d skipped, %d failed, %d waiting%n",
            line.delivered(), line.skipped(), line.failed(), line.pending());
      }
    }
    long left = lines(Line::left);
    if (left > 0) {
      out.println(
          left
              + (left == 1 ? " run at " : " runs at ")
              + (requestsEach == 1 ? "1 request" : requestsEach + " requests")
              + " each"
              + (finishedAt.isEmpty() ? "" : ": finished " + finishedAt));
    }
    if (!next.isEmpty()) {
      out.println(next);
    }
    if (lines(Line::failed) > 0) {
      out.println(
          "what failed: ./fitroute events --state dead; once more: ./fitroute replay --dead");
    }
    notice.forEach(out::println);
  }
}
