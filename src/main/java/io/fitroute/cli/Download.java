package io.fitroute.cli;

import io.fitroute.delivery.Deliveries;
import io.fitroute.delivery.Delivery;
import io.fitroute.inbox.EventStatus;
import io.fitroute.inbox.Lane;
import io.fitroute.inbox.NewEvent;
import io.fitroute.service.Desk;
import io.fitroute.settings.Settings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute download}: fetches activities that somebody asks for, now. */
@Command(
    name = "download",
    description = "Fetch these activities now, and print where each file is, or why there is none.",
    footer = {
      "  ./fitroute download 16999000111",
      "  ./fitroute download 16999000111 16999000112 --json"
    })
final class Download extends Reporting {

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      description = "Number of an activity: the last part of its address at Strava.")
  private List<Long> ids = List.of();

  @Option(
      names = "--athlete",
      paramLabel = "ID",
      description = "Whose activities they are; needed when several athletes are connected.")
  private Optional<Long> athlete = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    ids.stream()
        .filter(id -> id < 1)
        .findFirst()
        .ifPresent(
            id -> {
              throw CommandFailure.wrongUsage(
                  "found " + id + ", allowed are numbers of activities, from 1 on");
            });
    Settings settings = settings();
    requireApplication(settings);
    try (Desk desk = Desk.open(settings, surroundings().home())) {
      String owner = owner(desk);
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      List<String> wanted = ids.stream().distinct().map(Object::toString).toList();
      List<DownloadReport.Line> lines;
      try (Progress progress = progress("downloading", wanted.size())) {
        lines =
            new Requests(desk.inbox())
                .follow(
                    wanted,
                    id -> NewEvent.request("download", Lane.MANUAL, "activity", id, owner, now),
                    (id, status) -> line(id, status, desk.deliveries(), settings),
                    progress::step);
      }
      return report(new DownloadReport(lines));
    }
  }

  private String owner(Desk desk) throws InterruptedException {
    if (athlete.isPresent()) {
      return athlete.get().toString();
    }
    List<String> connected = desk.connectedAthletes();
    return switch (connected.size()) {
      case 0 -> throw CommandFailure.notConfigured(desk.whyNobodyIsConnected());
      case 1 -> connected.get(0);
      default ->
          throw CommandFailure.wrongUsage(
              "several athletes are connected; say whose activity it is with --athlete, one of "
                  + String.join(", ", connected));
    };
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
}
