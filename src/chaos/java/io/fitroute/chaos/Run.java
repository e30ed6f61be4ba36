package io.fitroute.chaos;

import io.fitroute.chaos.LedgerView.EventRow;
import io.fitroute.simulator.WebhookDelivery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One run: the plan, then calm until everything has come to its end, then the inspections. */
final class Run {

  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(120);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final long seed;
  private final Scale scale;

  /**
   * @param seed the same seed makes the same plan
   */
  Run(long seed, Scale scale) {
    this.seed = seed;
    this.scale = scale;
  }

  /**
   * Does it.
   *
   * @param home the folder with {@code application.properties} and {@code routes/}
   * @param folder an empty folder, where files, data and logs are left
   */
  Result in(Path home, Path folder) throws IOException {
    Instant begin = Instant.now();
    try (World world = new World(home, folder, scale, OnDelete.of(seed))) {
      world.begin();
      Plan.of(seed, scale).forEach(step -> step.in(world));
      world.strava().disarmFaults();
      world.startAll();
      drain(world);
      world.stop();
      return inspected(world, Duration.between(begin, Instant.now()));
    }
  }

  /** Waits until there is nothing left to do, or for two minutes. */
  static void drain(World world) {
    Instant end = Instant.now().plus(LONGEST_DRAIN);
    while (isBusy(world) && Instant.now().isBefore(end)) {
      world.pass(LOOK);
    }
  }

  private static boolean isBusy(World world) {
    return world.strava().unsettledEvents() > 0 || world.ledger().pending() > 0;
  }

  private Result inspected(World world, Duration took) throws IOException {
    List<WebhookDelivery> deliveries = world.strava().deliveries();
    Acknowledged acknowledged = Acknowledged.in(deliveries);
    List<EventRow> events = world.ledger().events();
    FilesInspection files =
        new FilesInspection(world, acknowledged, events, world.ledger().deliveries());
    RequestsInspection requests = new RequestsInspection(world, events);
    List<Violation> violations = new ArrayList<>(world.troubles());
    violations.addAll(world.watch().lost());
    violations.addAll(new EventsInspection(acknowledged, events).findings());
    violations.addAll(files.findings());
    violations.addAll(requests.findings());
    return new Result(
        seed,
        deliveries.stream().map(WebhookDelivery::body).distinct().count(),
        acknowledged.events().size(),
        world.kills().size(),
        world.interruptions().size(),
        world.struck(),
        world.watch().windowEnds().size(),
        requests.count(),
        ends(events),
        files.count(),
        events.stream().filter(RequestsInspection::isConfirmedDelete).count(),
        world.watch().refreshesCut(),
        took,
        eventLogs(world, violations),
        List.copyOf(violations));
  }

  private static Map<String, Long> ends(List<EventRow> events) {
    return events.stream()
        .collect(Collectors.groupingBy(EventRow::state, TreeMap::new, Collectors.counting()));
  }

  private static List<String> eventLogs(World world, List<Violation> violations) {
    List<String> lines = new ArrayList<>();
    violations.forEach(violation -> lines.add(violation.promise() + " " + violation.finding()));
    violations.stream()
        .map(Violation::activity)
        .flatMap(Optional::stream)
        .distinct()
        .forEach(
            activity -> {
              lines.add("the story of " + activity + ":");
              world.ledger().eventLog(activity).forEach(line -> lines.add("  " + line));
            });
    return lines;
  }
}
