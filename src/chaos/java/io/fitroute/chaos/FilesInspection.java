package io.fitroute.chaos;

import io.fitroute.chaos.LedgerView.DeliveryRow;
import io.fitroute.chaos.LedgerView.EventRow;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.InvalidFitFile;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the files: the right ones, complete, valid, each once, and no others. */
final class FilesInspection {

  private static final String TRASH = "trash/";

  private final World world;
  private final Acknowledged acknowledged;
  private final Set<Long> removed;
  private final Set<Long> withdrawn;
  private final List<DeliveryRow> recorded;
  private final List<Violation> findings = new ArrayList<>();
  private final Map<String, Map<Long, List<Path>>> bySink = new TreeMap<>();

  FilesInspection(
      World world, Acknowledged acknowledged, List<EventRow> events, List<DeliveryRow> deliveries) {
    this.world = world;
    this.acknowledged = acknowledged;
    this.removed =
        events.stream()
            .filter(RequestsInspection::isConfirmedDelete)
            .map(event -> Long.parseLong(event.objectId()))
            .filter(activity -> world.strava().activity(activity).isEmpty())
            .collect(Collectors.toSet());
    this.withdrawn =
        events.stream()
            .filter(event -> event.reason().startsWith("the athlete withdrew the permission"))
            .filter(event -> event.objectType().equals("activity"))
            .map(event -> Long.parseLong(event.objectId()))
            .collect(Collectors.toSet());
    this.recorded = deliveries;
  }

  List<Violation> findings() throws IOException {
    for (Map.Entry<String, Path> sink : world.sinks().entrySet()) {
      bySink.put(sink.getKey(), new TreeMap<>());
      for (Path file : filesIn(sink.getValue())) {
        file(sink.getKey(), sink.getValue(), file);
      }
    }
    for (Path exports : world.exports()) {
      for (Path file : filesIn(exports)) {
        // an instance deletes its copy of what another instance delivered during housekeeping
        if (world.exports().size() == 1 || !file.getFileName().toString().startsWith("kept-")) {
          broken(Promise.TIDY, 0, file + " was left behind");
        }
      }
    }
    bySink.values().forEach(files -> files.forEach(this::once));
    bySink.values().stream()
        .flatMap(files -> files.keySet().stream())
        .distinct()
        .filter(activity -> !world.chronicle().wasEverWanted(activity))
        .forEach(activity -> broken(Promise.WANTED, activity, "has a file"));
    recorded.forEach(this::stillThere);
    recorded.stream()
        .collect(Collectors.groupingBy(DeliveryRow::activityId))
        .values()
        .forEach(this::same);
    world.chronicle().told().stream()
        .filter(event -> event.objectType().equals("activity"))
        .map(WebhookEvent::objectId)
        .distinct()
        .flatMap(id -> world.strava().activity(id).stream())
        .forEach(this::delivered);
    return findings;
  }

  /** The number of files at the first sink. */
  int count() {
    return bySink.values().iterator().next().values().stream().mapToInt(List::size).sum();
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void file(String sink, Path root, Path file) throws IOException {
    String path = root.relativize(file).toString();
    if (!path.endsWith(".fit") || file.getFileName().toString().startsWith(".")) {
      broken(Promise.TIDY, 0, file + " was left behind");
      return;
    }
    Optional<DeliveryRow> row =
        recorded.stream()
            .filter(one -> one.sink().equals(sink) && one.path().equals(path))
            .findFirst();
    long activity;
    try {
      activity = Plan.startedAt(new FitCheck().check(file).startTime().orElseThrow());
    } catch (InvalidFitFile e) {
      long named = row.map(DeliveryRow::activityId).map(Long::parseLong).orElse(0L);
      broken(Promise.VALID, named, path + ": " + e.getMessage());
      return;
    }
    bySink.get(sink).computeIfAbsent(activity, id -> new ArrayList<>()).add(file);
    boolean trashed = path.startsWith(TRASH);
    if (removed.contains(activity) ? !isPlaceOfRemoved(trashed) : trashed) {
      broken(Promise.REMOVED, activity, path + " is there");
    }
    if (row.isEmpty() && !trashed) {
      broken(Promise.ONCE, activity, path + " is there, and no delivery of it is recorded");
    } else if (row.isPresent() && !row.get().sha256().equals(sha256(file))) {
      broken(Promise.WHOLE, activity, path + " is not the file that was recorded: " + row.get());
    }
    if (row.isPresent() && Long.parseLong(row.get().activityId()) != activity) {
      broken(Promise.OWN, activity, path + " is recorded as another's: " + row.get());
    }
  }

  private void same(List<DeliveryRow> sinks) {
    if (sinks.stream().map(DeliveryRow::sha256).distinct().count() > 1) {
      broken(Promise.OWN, Long.parseLong(sinks.get(0).activityId()), "differs: " + sinks);
    }
  }

  /** Whether a file of a deleted activity may be in the trash, or else at its old path. */
  private boolean isPlaceOfRemoved(boolean trashed) {
    return switch (world.onDelete()) {
      case KEEP -> !trashed;
      case TRASH -> trashed;
      case PURGE -> false;
    };
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void once(long activity, List<Path> files) {
    if (files.size() > 1) {
      broken(Promise.ONCE, activity, "has " + files);
    }
  }

  private void stillThere(DeliveryRow row) {
    if (!Files.exists(world.sinks().get(row.sink()).resolve(row.path()))) {
      broken(
          Promise.WHOLE,
          Long.parseLong(row.activityId()),
          row.path() + " is recorded, and not there");
    }
  }

  private void delivered(SimulatedActivity activity) {
    if (world.watch().cutOff().contains(activity.athleteId())
        && withdrawn.contains(activity.id())) {
      return;
    }
    Optional<WebhookEvent> told = world.chronicle().wantedSince(activity);
    if (told.filter(acknowledged::holds).isPresent()) {
      bySink.forEach(
          (sink, files) -> {
            if (!files.containsKey(activity.id())) {
              broken(
                  Promise.DELIVERED,
                  activity.id(),
                  "has no file at " + sink + ", though told by " + told.get());
            }
          });
    }
  }

  private void broken(Promise promise, long activity, String finding) {
    findings.add(
        activity == 0 ? Violation.of(promise, finding) : Violation.of(promise, activity, finding));
  }
}
