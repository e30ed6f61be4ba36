package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paths of files, conflicts at them, and the records of deliveries. */
class DeliveryIT {

  @TempDir static Path folder;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() throws Exception {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    Files.writeString(
        folder.resolve("state.json"),
        """
        {"downloaded_activities":[{"activity_id":17,"download_time":"2024-05-01T00:00:00Z",
        "file_path":"/old/17.fit"}]}
        """);
    pipeline.set("state.file", folder.resolve("state.json").toString()).start();
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  private static SimulatedActivity.Builder run() {
    return SimulatedActivity.run(ANN);
  }

  private static String delivered(SimulatedActivity.Builder activity) {
    SimulatedActivity run = pipeline.upload(activity);
    return pipeline
        .end(run.id())
        .reason()
        .replace("delivered from original: file:", "")
        .replace(Long.toString(run.id()), "ID");
  }

  private static Path file(String path) {
    return pipeline.bed().downloads().resolve(path);
  }

  // by date

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T03:30:00Z, America/New_York, 2025/12",
    "2025-12-31T18:45:00Z, Asia/Kolkata, 2026/01",
    "2025-12-31T18:15:00Z, Asia/Kolkata, 2025/12",
    "2025-12-31T10:30:00Z, Pacific/Chatham, 2026/01",
    "2026-03-01T02:59:59Z, America/St_Johns, 2026/02",
    "2026-12-31T23:59:59Z, UTC, 2026/12",
    "2024-02-29T23:30:00Z, Europe/Brussels, 2024/03"
  })
  void yearAndMonthAreThoseOfThePlace(Instant start, String zone, String expected) {
    assertThat(delivered(run().start(start).zone(ZoneId.of(zone)))).isEqualTo(expected + "/ID.fit");
  }

  @Test
  void aHiddenStartIsTheMorningOfItsDay() {
    assertThat(
            delivered(
                run()
                    .start(Instant.parse("2026-02-01T07:00:00Z"))
                    .zone(ZoneId.of("UTC"))
                    .hiddenStart(true)))
        .isEqualTo("2026/02/ID.fit");
  }

  @Test
  void anIdBeyondWhatADoubleHoldsIsKept() {
    SimulatedActivity run = pipeline.upload(run().id(9_007_199_254_740_993L));

    assertThat(pipeline.end(run.id()).reason()).endsWith("file:2026/11/9007199254740993.fit");
  }

  @Test
  void anActivityWithoutPositionsIsDelivered() {
    assertThat(delivered(run().gps(false).trainer(true))).isEqualTo("2026/11/ID.fit");
  }

  // conflicts

  @Test
  void aFileThatACrashLeftUnrecordedIsDeliveredOnce() throws Exception {
    SimulatedActivity run = pipeline.upload(run());
    pipeline.end(run.id());
    pipeline
        .bed()
        .service()
        .ledger()
        .write(
            jdbc ->
                jdbc.sql("delete from delivery where activity_id = ?")
                    .param(Long.toString(run.id()))
                    .update());
    pipeline.restart();

    pipeline.create(run.id());

    assertThat(pipeline.end(run.id(), 2).state()).isEqualTo(EventState.DONE);
    assertThat(pipeline.bed().files())
        .filteredOn(path -> path.contains(Long.toString(run.id())))
        .containsExactly(Pipeline.defaultPath(run));
    assertThat(pipeline.bed().service().deliveries().of(Long.toString(run.id()))).hasSize(1);
  }

  @Test
  void anotherFileOfThatNameIsNotOverwritten() throws Exception {
    SimulatedActivity run = pipeline.strava().uploadSilently(run().build());
    Files.createDirectories(file("2026/11"));
    Files.writeString(file(Pipeline.defaultPath(run)), "somebody else's");

    pipeline.create(run.id());

    assertThat(pipeline.end(run.id()).reason())
        .isEqualTo("delivered from original: file:2026/11/" + run.id() + "-2.fit");
    assertThat(file(Pipeline.defaultPath(run))).hasContent("somebody else's");
  }

  @Test
  void aSinkThatTakesNothingIsTriedUntilItDoes() throws Exception {
    Files.createDirectories(pipeline.bed().downloads());
    Path inTheWay = Files.writeString(file("2030"), "no folder");
    SimulatedActivity run = pipeline.upload(run().start(Instant.parse("2030-06-01T10:00:00Z")));

    EventRecord waiting = pipeline.waiting(run.id());
    assertThat(waiting.reason())
        .isEqualTo("the sink file did not accept the file: " + inTheWay + " is not a folder");
    Files.delete(inTheWay);

    EventRecord end = pipeline.end(run.id());
    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(pipeline.bed().files())
        .contains("2030/06/" + run.id() + ".fit")
        .noneMatch(path -> path.contains(".fitroute"));
    assertThat(pipeline.detailsRequests(run.id())).isOne();
  }

  @Test
  void aSinkThatNeverTakesItEndsWithItsReason() throws Exception {
    Files.createDirectories(pipeline.bed().downloads());
    Files.writeString(file("2031"), "no folder");
    SimulatedActivity run = pipeline.upload(run().start(Instant.parse("2031-06-01T10:00:00Z")));

    EventRecord end = pipeline.end(run.id());

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).contains("the sink file did not accept the file: ", "is not a folder");
    assertThat(pipeline.bed().service().deliveries().of(Long.toString(run.id()))).isEmpty();
  }

  // records

  @Test
  void theLedgerKnowsWhereAFileCameFromAndWhatItIs() throws Exception {
    SimulatedActivity run = pipeline.upload(run());
    pipeline.end(run.id());

    byte[] bytes = Files.readAllBytes(file(Pipeline.defaultPath(run)));
    assertThat(pipeline.bed().service().deliveries().of(Long.toString(run.id())))
        .singleElement()
        .satisfies(
            delivery -> {
              assertThat(delivery.sink()).isEqualTo("file");
              assertThat(delivery.path()).isEqualTo(Pipeline.defaultPath(run));
              assertThat(delivery.provenance()).isEqualTo("original");
              assertThat(delivery.size()).isEqualTo(bytes.length);
              assertThat(delivery.sha256()).isEqualTo(sha256(bytes));
            });
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void theStateFileFollowsEachDeliveryAndSurvivesARestart() throws Exception {
    SimulatedActivity first = pipeline.upload(run().id(9_007_199_254_740_995L));
    pipeline.end(first.id());
    pipeline.restart();
    SimulatedActivity second = pipeline.upload(run());
    pipeline.end(second.id());

    await()
        .untilAsserted(
            () ->
                assertThat(stateFile())
                    .containsEntry(17L, "/old/17.fit")
                    .containsEntry(first.id(), file(Pipeline.defaultPath(first)).toString())
                    .containsEntry(second.id(), file(Pipeline.defaultPath(second)).toString()));
  }

  private static Map<Long, String> stateFile() throws IOException {
    JsonNode state = new ObjectMapper().readTree(folder.resolve("state.json").toFile());
    Map<Long, String> entries = new HashMap<>();
    for (JsonNode one : state.path("downloaded_activities")) {
      assertThat(one.fieldNames())
          .toIterable()
          .containsExactly("activity_id", "download_time", "file_path");
      assertThat(Instant.parse(one.path("download_time").asText())).isBefore(Instant.now());
      entries.put(one.path("activity_id").asLong(), one.path("file_path").asText());
    }
    assertThat(state.size()).isOne();
    return entries;
  }
}
