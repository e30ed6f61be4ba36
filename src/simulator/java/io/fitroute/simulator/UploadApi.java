package io.fitroute.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.fit.FileReceiver;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.ReceivedFile;
import io.fitroute.fit.UnacceptableFile;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Uploads by the API: a file is taken at once and becomes an activity a while later, of which the
 * subscriber hears; the same content of the same athlete is a duplicate then.
 */
final class UploadApi {

  private static final List<String> TYPES =
      List.of("fit", "fit.gz", "gpx", "gpx.gz", "tcx", "tcx.gz");
  private static final Pattern TIME = Pattern.compile("<(?:time|Id)>([^<]+)</");
  private static final long LARGEST = 25L * 1024 * 1024;
  private static final int RUNNING = 1;
  private static final int CYCLING = 2;

  private final SimulatedActivities activities;
  private final ActivityEvents events;
  private final TemporaryFolder folder;
  private final Vertx vertx;
  private final Map<Long, Upload> byId = new ConcurrentHashMap<>();
  private final Map<String, Long> byContent = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
  private volatile Duration processingTime = Duration.ofMillis(500);

  UploadApi(
      SimulatedActivities activities, ActivityEvents events, TemporaryFolder folder, Vertx vertx) {
    this.activities = activities;
    this.events = events;
    this.folder = folder;
    this.vertx = vertx;
  }

  /**
   * An upload.
   *
   * @param activityId what it becomes
   * @param error why it does not; empty if nothing is known against it
   */
  private record Upload(
      long id,
      long activityId,
      long athleteId,
      String externalId,
      boolean processed,
      String error) {

    Upload ended(String problem) {
      return new Upload(id, activityId, athleteId, externalId, true, problem);
    }
  }

  void processingTime(Duration time) {
    processingTime = time;
  }

  void refuseNext(String error) {
    refusals.add(error);
  }

  /** Takes a file. */
  public Reply create(ApiCall call) {
    call.requireWriteScope();
    Map<String, String> form = call.request().form();
    String type = form.getOrDefault("data_type", "");
    byte[] file =
        call.request().file().orElseThrow(() -> Refusal.badRequest("Upload", "file", "empty"));
    if (!TYPES.contains(type)) {
      throw Refusal.badRequest("Upload", "data_type", "invalid");
    }
    if (file.length > LARGEST) {
      throw Refusal.badRequest("Upload", "file", "too large");
    }
    long activityId = activities.reserveId();
    Upload upload =
        new Upload(
            ActivityDocuments.FIRST_UPLOAD_ID + activityId,
            activityId,
            call.access().athleteId(),
            form.getOrDefault("external_id", ""),
            false,
            "");
    byId.put(upload.id(), upload);
    vertx.setTimer(
        Math.max(1, processingTime.toMillis()),
        fired -> vertx.executeBlocking(() -> byId.put(upload.id(), processed(upload, file))));
    return Reply.json(201, document(upload));
  }

  /** Tells what has become of an upload. */
  public Reply show(ApiCall call) {
    call.requireWriteScope();
    return call.request().id().stream()
        .boxed()
        .findFirst()
        .map(byId::get)
        .filter(upload -> upload.athleteId() == call.access().athleteId())
        .map(upload -> Reply.json(200, document(upload)))
        .orElseThrow(() -> Refusal.recordNotFound("Upload"));
  }

  private ObjectNode document(Upload upload) {
    ObjectNode document =
        Json.object()
            .put("id", upload.id())
            .put("id_str", Long.toString(upload.id()))
            .put("external_id", upload.externalId())
            .putNull("error")
            .putNull("activity_id");
    if (!upload.processed()) {
      return document.put("status", "Your activity is still being processed.");
    }
    if (!upload.error().isEmpty()) {
      return document
          .put("status", "There was an error processing your activity.")
          .put("error", upload.error());
    }
    return activities.find(upload.activityId()).isPresent()
        ? document.put("status", "Your activity is ready.").put("activity_id", upload.activityId())
        : document.put("status", "The created activity has been deleted.");
  }

  private synchronized Upload processed(Upload upload, byte[] file) {
    Optional<String> refusal = Optional.ofNullable(refusals.poll());
    if (refusal.isPresent()) {
      return upload.ended(refusal.get());
    }
    Path original = Path.of(folder.path(), "upload-" + upload.id());
    Path unpacked = Path.of(folder.path(), "unpacked-" + upload.id());
    try {
      ReceivedFile received =
          new FileReceiver(new FitCheck(), LARGEST * 10)
              .receive(new ByteArrayInputStream(file), unpacked);
      String content = upload.athleteId() + " " + received.sha256();
      Optional<SimulatedActivity> twin =
          Optional.ofNullable(byContent.get(content)).flatMap(activities::find);
      if (twin.isPresent()) {
        return upload.ended(duplicate(upload, twin.get()));
      }
      Files.write(original, file);
      SimulatedActivity made =
          activities.store(
              activity(upload, received)
                  .original(OriginalFormat.valueOf(received.format().name()))
                  .gzipped(file[0] == 0x1f)
                  .originalFile(original)
                  .build());
      byContent.put(content, made.id());
      events.created(made);
      return upload.ended("");
    } catch (UnacceptableFile problem) {
      return upload.ended(upload.externalId() + ": the file is malformed.");
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static String duplicate(Upload upload, SimulatedActivity twin) {
    return upload.externalId()
        + " duplicate of <a href='/activities/"
        + twin.id()
        + "' target='_blank'>"
        + twin.name()
        + "</a>";
  }

  private static SimulatedActivity.Builder activity(Upload upload, ReceivedFile file)
      throws IOException {
    SimulatedActivity.Builder builder =
        SimulatedActivity.run(upload.athleteId()).id(upload.activityId()).pause(Duration.ZERO);
    if (file.fit().isEmpty()) {
      Matcher time = TIME.matcher(Files.readString(file.path()));
      return time.find() ? builder.start(Instant.parse(time.group(1))) : builder;
    }
    FitReport fit = file.fit().get();
    fit.startTime().ifPresent(builder::start);
    fit.distance().ifPresent(builder::distance);
    fit.timerTime().ifPresent(seconds -> builder.movingTime(Duration.ofSeconds((long) seconds)));
    int sport = fit.sport().map(known -> known.sport()).orElse(RUNNING);
    return builder.sportType(sport == RUNNING ? "Run" : sport == CYCLING ? "Ride" : "Workout");
  }
}
