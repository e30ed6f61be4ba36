package io.fitroute.cli.report;

import io.fitroute.cli.WebhookClient.Answer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The responses of a service to simulated events.
 *
 * @param webhook where they were posted
 * @param events the number of events posted
 * @param received the number of responses with status 200, as Strava requires
 * @param statuses the number of responses by HTTP status
 * @param medianMillis the median response time
 * @param slowestMillis the longest response time
 * @param firstAnswer the body of the first response
 * @param firstRefusal the body of the first response other than 200; empty if there was none
 */
public record SimulationReport(
    String webhook,
    int events,
    int received,
    SortedMap<Integer, Integer> statuses,
    double medianMillis,
    double slowestMillis,
    String firstAnswer,
    String firstRefusal)
    implements Report {

  /**
   * Summarises responses.
   *
   * @param answers at least one
   */
  public static SimulationReport of(String webhook, List<Answer> answers) {
    SortedMap<Integer, Integer> statuses = new TreeMap<>();
    List<Duration> times = new ArrayList<>();
    for (Answer answer : answers) {
      statuses.merge(answer.status(), 1, Integer::sum);
      times.add(answer.time());
    }
    times.sort(Duration::compareTo);
    return new SimulationReport(
        webhook,
        answers.size(),
        (int) answers.stream().filter(Answer::received).count(),
        statuses,
        millis(times.get((times.size() - 1) / 2)),
        millis(times.get(times.size() - 1)),
        answers.get(0).body(),
        answers.stream()
            .filter(answer -> !answer.received())
            .map(Answer::body)
            .findFirst()
            .orElse(""));
  }

  @Override
  public int exitCode() {
    return received == events ? ExitCode.DONE : ExitCode.FAILED;
  }

  @Override
  public void print(PrintWriter out) {
    if (events == 1) {
      out.printf(
          "%d in %.1f ms: %s%n", statuses.firstKey(), slowestMillis, Printable.line(firstAnswer));
      return;
    }
    out.printf(
        "%d of %d events received; answered in %.1f ms (median), %.1f ms (slowest)%n",
        received, events, medianMillis, slowestMillis);
    if (received < events) {
      statuses.forEach((status, count) -> out.printf("  %d: %d times%n", status, count));
      out.printf("  first refusal: %s%n", Printable.line(firstRefusal));
    }
  }

  private static double millis(Duration time) {
    return time.toNanos() / 10_000 / 100.0;
  }
}
