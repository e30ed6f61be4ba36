package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.Report;
import io.fitroute.delivery.Deliveries;
import io.fitroute.delivery.Delivery;
import io.fitroute.inbox.EventStatus;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.runtime.WorkClient;
import io.fitroute.settings.Settings;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute download}: fetches requested activities now. */
@Command(
    name = "download",
    description = "Download activities now, and print the path of each file, or why there is none.",
    footer = {
      "  ./fitroute download 16999000111",
      "  ./fitroute download 16999000111 16999000112 --json"
    })
final class DownloadCommand extends Reporting {

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      description = "ID of an activity: the last part of its address at Strava.")
  private List<Long> ids = List.of();

  @Option(
      names = "--athlete",
      paramLabel = "ID",
      description = "ID of their athlete; required if several athletes are connected.")
  private Optional<Long> athlete = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    ids.stream()
        .filter(id -> id < 1)
        .findFirst()
        .ifPresent(
            id -> {
              throw CommandFailure.wrongUsage("found " + id + ", allowed are activity IDs from 1");
            });
    Settings settings = settings();
    requireApplication(settings);
    try (WorkClient workClient = WorkClient.open(settings, environment().home())) {
      String owner = KnownAthlete.chosen(workClient, athlete);
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      List<String> wanted = ids.stream().distinct().map(Object::toString).toList();
      List<DownloadReport.Line> lines;
      try (Progress progress = progress("downloading", wanted.size())) {
        lines =
            new Requests(workClient.inbox())
                .follow(
                    wanted,
                    id -> NewEvent.request("download", Priority.MANUAL, "activity", id, owner, now),
                    (id, status) -> line(id, status, workClient.deliveries(), settings),
                    progress::step);
      }
      return report(new DownloadReport(lines));
    }
  }

  private static DownloadReport.Line line(
      String id, EventStatus status, Deliveries deliveries, Settings settings) {
    Optional<Delivery> delivery = deliveries.of(id).stream().findFirst();
    String path =
        delivery
            .map(
                one ->
                    one.sink().equals("file")
                        ? settings.path("download.base-dir").resolve(one.path()).toString()
                        : one.sink() + ":" + one.path())
            .orElse("");
    return new DownloadReport.Line(
        id,
        status.state().word(),
        path,
        delivery.map(Delivery::provenance).orElse(""),
        status.reason().orElse(""),
        status.nextAttempt());
  }

  /** The results for the requested activities. */
  record DownloadReport(List<Line> downloads) implements Report {

    /**
     * One activity.
     *
     * @param state of the request: done, skipped, dead, or pending
     * @param path where the file is; empty if there is none
     * @param provenance the export of the file; empty if there is none
     * @param reason the reason as text
     * @param nextAttempt the time of the next attempt of a pending request; else empty
     */
    record Line(
        String activityId,
        String state,
        String path,
        String provenance,
        String reason,
        String nextAttempt) {}

    @Override
    public int exitCode() {
      return downloads.stream().noneMatch(line -> line.path().isEmpty() || isPending(line))
          ? ExitCode.DONE
          : ExitCode.FAILED;
    }

    @Override
    public void print(PrintWriter out) {
      for (Line line : downloads) {
        if (line.path().isEmpty()) {
          out.println(line.activityId() + "  " + why(line));
        } else {
          out.println(line.activityId() + "  " + line.path());
          if (isPending(line)) {
            out.println("    and " + why(line));
          }
        }
      }
    }

    private static String why(Line line) {
      return isPending(line)
          ? "waits until " + line.nextAttempt() + ": " + line.reason()
          : "not delivered: " + line.reason();
    }

    private static boolean isPending(Line line) {
      return line.state().equals("pending");
    }
  }
}
