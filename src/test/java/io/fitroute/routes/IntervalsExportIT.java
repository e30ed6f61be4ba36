package io.fitroute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.fit.FitSamples;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.FakeIntervals;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The export {@code intervals}: the device's own file. */
class IntervalsExportIT {

  private static final Instant START = Instant.parse("2026-11-20T06:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final byte[] FILE = FitSamples.run(500);

  @TempDir Path folder;

  private final FakeIntervals intervals = FakeIntervals.start();
  private final SimulatedActivity.Builder run =
      SimulatedActivity.run(TestBed.ATHLETE).start(START).zone(ZONE);
  private Pipeline pipeline;

  @BeforeEach
  void prepare() {
    TestBed bed = TestBed.prepare(folder).connect();
    bed.set("fit.exports", "original,intervals,streams");
    bed.set("intervals.url", intervals.url().toString());
    bed.set("intervals.api-key", intervals.apiKey());
    pipeline = new Pipeline(bed);
  }

  @AfterEach
  void end() {
    pipeline.close();
    intervals.close();
  }

  private static ObjectNode activity(int secondsLater, String type, int seconds, String source) {
    LocalDateTime start = LocalDateTime.ofInstant(START, ZONE).plusSeconds(secondsLater);
    return new ObjectMapper()
        .createObjectNode()
        .put("name", "from the watch")
        .put("type", type)
        .put("start_date_local", start.withNano(0) + (start.getSecond() == 0 ? ":00" : ""))
        .put("moving_time", seconds)
        .put("elapsed_time", seconds)
        .put("source", source);
  }

  private String end(SimulatedActivity activity) {
    EventRecord end = pipeline.end(activity.id());
    return end.state() + ": " + end.reason();
  }

  private byte[] delivered(SimulatedActivity activity) throws Exception {
    return Files.readAllBytes(
        pipeline.bed().downloads().resolve("2026/11/" + activity.id() + ".fit"));
  }

  @Test
  void theFileOfTheDeviceIsDeliveredAsTheOriginal() throws Exception {
    intervals.add(activity(7200, "Run", 1500, "GARMIN_CONNECT"), FitSamples.run(10));
    intervals.add(activity(0, "Ride", 1500, "GARMIN_CONNECT"), FitSamples.run(20));
    intervals.add(activity(0, "Run", 5000, "GARMIN_CONNECT"), FitSamples.run(30));
    intervals.add(activity(45, "Run", 1520, "GARMIN_CONNECT"), FILE);
    pipeline.start();

    SimulatedActivity stored = pipeline.upload(run);

    assertThat(end(stored)).startsWith("DONE: delivered from original");
    assertThat(delivered(stored)).isEqualTo(FILE);
  }

  @Test
  void whatCameThroughStravaIsNotWaitedFor() {
    intervals.add(activity(0, "Run", 1500, "STRAVA"), new byte[0]);
    pipeline.start();

    SimulatedActivity stored = pipeline.upload(run);

    assertThat(end(stored)).startsWith("DONE: delivered from streams");
    assertThat(intervals.count("GET", "/api/v1/activity/*/file")).isZero();
    assertThat(intervals.count("GET", "/api/v1/athlete/*/activities")).isEqualTo(1);
  }

  @Test
  void aServiceThatIsSlowerThanStravaIsWaitedFor() throws Exception {
    pipeline.set("retry.not-ready", "300ms,300ms,300ms,300ms,300ms,300ms");
    pipeline.start();

    SimulatedActivity stored = pipeline.upload(run);
    EventRecord waiting = pipeline.waiting(stored.id());
    intervals.add(activity(3, "Run", 1500, "COROS"), FILE);

    assertThat(waiting.reason()).contains("Intervals.icu does not have the activity yet");
    assertThat(end(stored)).startsWith("DONE: delivered from original");
    assertThat(delivered(stored)).isEqualTo(FILE);
  }

  @Test
  void whatNeverComesIsWrittenFromStreamsInTheEnd() {
    pipeline.start();

    SimulatedActivity stored = pipeline.upload(run);

    assertThat(end(stored)).startsWith("DONE: delivered from streams");
    assertThat(intervals.count("GET", "/api/v1/athlete/*/activities")).isEqualTo(4);
  }

  @Test
  void aWrongKeyOrAFileThatIsNoneLeavesItToTheStreams() {
    intervals.add(activity(0, "Run", 1500, "SUUNTO"), "not a FIT file".getBytes());
    pipeline.start();
    SimulatedActivity first = pipeline.upload(run);
    assertThat(end(first)).startsWith("DONE: delivered from streams");

    intervals.arm("/api/**", Fault.status(401, "{}"));
    SimulatedActivity second = pipeline.upload(run);
    assertThat(end(second)).startsWith("DONE: delivered from streams");
  }

  @Test
  void whatWasWrittenFromStreamsIsReplacedOnceTheFileIsThere() throws Exception {
    pipeline.start();
    SimulatedActivity stored = pipeline.upload(run);
    assertThat(end(stored)).startsWith("DONE: delivered from streams");
    intervals.add(activity(0, "Run", 1500, "POLAR"), FILE);

    pipeline
        .bed()
        .service()
        .inbox()
        .accept(
            NewEvent.request(
                "upgrade",
                Priority.MANUAL,
                "activity",
                Long.toString(stored.id()),
                Long.toString(TestBed.ATHLETE),
                Instant.now()))
        .join();

    assertThat(pipeline.end(stored.id(), 2).reason()).startsWith("replaced by the original");
    assertThat(delivered(stored)).isEqualTo(FILE);
  }
}
