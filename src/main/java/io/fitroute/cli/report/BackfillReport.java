package io.fitroute.cli.report;

import io.fitroute.history.Batch;
import io.fitroute.inbox.EventState;
import io.fitroute.ledger.Ledger;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.Budget;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The progress of backfills.
 *
 * @param requestsEach the API requests for an activity, besides the list
 * @param requestsLeft the API requests left for history and until when; empty before Strava has
 *     reported any
 * @param next what waits and until when; empty if nothing does
 * @param finishedAt the estimated end by the budget; empty if unknown or finished
 */
public record BackfillReport(
    List<Line> athletes, int requestsEach, String requestsLeft, String next, String finishedAt)
    implements Report {

  private static final int BAR = 20;

  /**
   * The backfill of one athlete.
   *
   * @param fresh activities that are fetched, or would be in a dry run
   * @param leftOut the number of unwanted activities of each kind
   * @param trouble why the list could not be read to its end; else empty
   */
  record Line(
      String athleteId,
      boolean dryRun,
      boolean listRead,
      int listed,
      int fresh,
      int known,
      Map<String, Integer> leftOut,
      long delivered,
      long skipped,
      long failed,
      long pending,
      String trouble) {

    public static Line of(Batch batch, Ledger ledger) {
      Map<EventState, Long> events = batch.events(ledger.read());
      return new Line(
          batch.athleteId(),
          batch.options().dryRun(),
          batch.isListed(),
          batch.listed(),
          batch.fresh(),
          batch.known(),
          batch.leftOut(),
          events.get(EventState.DONE),
          events.get(EventState.SKIPPED),
          events.get(EventState.DEAD),
          events.get(EventState.PENDING),
          batch.failure(ledger.read()).orElse(""));
    }

    long left() {
      return dryRun ? fresh : pending;
    }

    String counts() {
      String kinds =
          leftOut.entrySet().stream()
              .map(kind -> ", " + kind.getValue() + " left out: " + kind.getKey())
              .collect(Collectors.joining());
      return listed + " listed, " + known + " known already, " + fresh + " new" + kinds;
    }

    String ends() {
      return delivered + " delivered, " + skipped + " skipped, " + failed + " failed";
    }
  }

  /** The number of requests for an activity; none while originals come from the web site. */
  public static int requestsEach(Settings settings, boolean laps) {
    boolean originals =
        settings.list("fit.exports").get(0).equals("original")
            && settings.secret("strava.session-cookie").isPresent();
    int ofStreams = laps ? 2 : 1;
    return originals ? 0 : ofStreams;
  }

  public static BackfillReport of(List<Batch> batches, Ledger ledger, int each, int reserve) {
    Instant now = Instant.now();
    List<Line> lines = batches.stream().map(one -> Line.of(one, ledger)).toList();
    long left = lines.stream().mapToLong(Line::left).sum();
    boolean isKnown = lines.stream().allMatch(Line::listRead) && left > 0 && each > 0;
    return new BackfillReport(
        lines,
        each,
        Budget.left(ledger, now).stream()
            .filter(one -> one.family().equals("read"))
            .map(one -> unreserved(one, reserve) + " until " + one.shortUntil())
            .findFirst()
            .orElse(""),
        batches.stream()
            .map(one -> one.waits(ledger.read(), now))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(""),
        isKnown ? finished(ledger, now, left * each, reserve) : "");
  }

  private static long unreserved(Budget.Left reads, int reserve) {
    long window = reads.shortLeft() - (long) reads.shortLimit() * reserve / 100;
    long day = reads.dayLeft() - (long) reads.dayLimit() * reserve / 100;
    return Math.max(0, Math.min(window, day));
  }

  private static String finished(Ledger ledger, Instant now, long requests, int reserve) {
    Instant end = Budget.finished(ledger, now, requests, reserve);
    return end.equals(Instant.MAX) ? "never: budget.reserve leaves no requests" : end.toString();
  }

  private long sum(ToLongFunction<Line> number) {
    return athletes.stream().mapToLong(number).sum();
  }

  /** The progress in one line. */
  public String progress() {
    long fresh = sum(Line::fresh);
    long done = fresh - sum(Line::left);
    int full = fresh == 0 ? 0 : (int) (BAR * done / fresh);
    List<String> parts = new ArrayList<>();
    parts.add("[" + "=".repeat(full) + " ".repeat(BAR - full) + "] " + done + " of " + fresh);
    athletes.forEach(line -> parts.add(line.counts() + ", " + line.ends()));
    if (!requestsLeft.isEmpty()) {
      parts.add("requests left: " + requestsLeft);
    }
    if (!finishedAt.isEmpty()) {
      parts.add("finished " + finishedAt);
    }
    parts.add(next);
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
  }

  @Override
  public int exitCode() {
    return athletes.stream().anyMatch(line -> line.failed() > 0 || !line.trouble().isEmpty())
        ? ExitCode.FAILED
        : ExitCode.DONE;
  }

  @Override
  public void print(PrintWriter out) {
    for (Line line : athletes) {
      out.println("athlete " + line.athleteId() + ": " + line.counts());
      if (!line.dryRun()) {
        out.println("  " + line.ends() + ", " + line.pending() + " waiting");
      }
      if (!line.trouble().isEmpty()) {
        out.println("  the list was not read to its end: " + line.trouble());
      }
    }
    long left = sum(Line::left);
    if (left > 0) {
      out.println(
          Printable.count(left, "run")
              + " at "
              + Printable.count(requestsEach, "request")
              + " each"
              + (finishedAt.isEmpty() ? "" : ": finished " + finishedAt));
    }
    if (!next.isEmpty()) {
      out.println(next);
    }
    if (sum(Line::failed) > 0) {
      out.println(
          "show what failed: ./fitroute events --state dead; retry: ./fitroute replay --dead");
    }
    if (athletes.stream().anyMatch(Line::dryRun)) {
      out.println(
          "Strava's bulk export (https://www.strava.com/account, Download or Delete Your Account)"
              + " contains the originals of all activities and needs no API requests");
    }
  }
}
