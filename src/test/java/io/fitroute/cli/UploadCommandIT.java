package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.delivery.Delivery;
import io.fitroute.fit.FitSamples;
import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.OriginalFormat;
import io.fitroute.simulator.RecordedRequest;
import io.fitroute.simulator.SimulatedActivity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file becomes one activity at Strava, and the original file is delivered. */
class UploadCommandIT {

  private static final long ATHLETE = TestBed.ATHLETE;
  private static final String SCOPE = "read,activity:read_all,activity:write";

  /** One second, less the difference between the clocks of client and server. */
  private static final Duration AT_LEAST = Duration.ofMillis(950);

  private static final String GPX =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <gpx creator="a test" version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
       <trk><trkseg>
        <trkpt lat="51.05" lon="3.72"><ele>5</ele><time>2025-06-02T06:30:00Z</time></trkpt>
        <trkpt lat="51.06" lon="3.72"><ele>5</ele><time>2025-06-02T06:36:00Z</time></trkpt>
       </trkseg></trk>
      </gpx>
      """;
  private static final String TCX =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <TrainingCenterDatabase
        xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
       <Activities><Activity Sport="Running"><Id>2025-06-03T06:30:00Z</Id></Activity></Activities>
      </TrainingCenterDatabase>
      """;

  @TempDir Path folder;

  private TestBed prepare() {
    TestBed bed = TestBed.prepare(folder);
    var tokens = bed.strava().connect(ATHLETE, SCOPE);
    bed.set("strava.access-token", tokens.accessToken());
    bed.set("strava.refresh-token", tokens.refreshToken());
    return bed;
  }

  private TestBed start() {
    TestBed bed = prepare().start();
    bed.subscribe();
    return bed;
  }

  private Run run(TestBed bed, String... arguments) {
    return Run.of(Run.environment(bed.environment(), folder), arguments);
  }

  private static JsonNode json(Run run) throws Exception {
    return new ObjectMapper().readTree(run.out());
  }

  /** Writes a run with a number of points; each call produces different content. */
  private Path fit(String name, int points) throws IOException {
    return Files.write(folder.resolve(name), FitSamples.run(points));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private static JsonNode only(Run run) throws Exception {
    assertThat(json(run).path("uploads")).hasSize(1);
    return json(run).at("/uploads/0");
  }

  private static long posts(TestBed bed) {
    return bed.strava().count("POST", "/api/v3/uploads");
  }

  private static List<Delivery> deliveries(TestBed bed, String id) {
    return bed.service().deliveries().of(id);
  }

  private static void awaitQuiet(TestBed bed) {
    await().until(() -> bed.strava().unsettledEvents() == 0);
    await().until(() -> bed.service().inbox().count(EventState.PENDING) == 0);
  }

  private void requireOneFile(TestBed bed, String id, Path original) throws Exception {
    awaitQuiet(bed);
    assertThat(bed.files()).containsExactly("2025/06/" + id + ".fit");
    assertThat(bed.downloads().resolve(bed.files().get(0))).hasSameBinaryContentAs(original);
    assertThat(deliveries(bed, id)).extracting(Delivery::provenance).containsExactly("original");
    assertThat(folder.resolve("data/exports")).isEmptyDirectory();
  }

  @Test
  void aFileBecomesAnActivityAndIsDeliveredAsItIsWithoutARequestForIt() throws Exception {
    try (TestBed bed = start()) {
      Path file = fit("run.fit", 20);

      Run run = run(bed, "upload", "run.fit");

      long id = bed.strava().activities(ATHLETE).get(0).id();
      assertThat(run.out()).isEqualTo("run.fit  ready: activity " + id + System.lineSeparator());
      assertThat(run.exitCode()).isZero();
      requireOneFile(bed, "" + id, file);
      assertThat(bed.strava().count("GET", "/api/v3/activities/*/streams")).isZero();
      assertThat(bed.strava().count("GET", "/activities/*/export_original")).isZero();
      assertThat(bed.strava().deliveries()).isNotEmpty();

      Run again = run(bed, "upload", "run.fit", "--json");
      assertThat(only(again).path("activity_id").asText()).isEqualTo("" + id);
      assertThat(again.exitCode()).isZero();
      assertThat(posts(bed)).isEqualTo(1);
    }
  }

  @Test
  void theWebhookMayBeFirst() throws Exception {
    try (TestBed bed = start()) {
      Path file = fit("run.fit", 21);
      bed.strava().setProcessingTime(Duration.ofMillis(1));
      bed.strava()
          .arm(
              FaultRule.on("/api/v3/uploads/*", new Fault.Delay(Duration.ofSeconds(5)))
                  .onlyTimes(1));
      CompletableFuture<Run> run =
          CompletableFuture.supplyAsync(() -> run(bed, "upload", "run.fit"));
      await().until(() -> bed.files().size() == 1);
      assertThat(run).isNotDone();

      assertThat(run.get(30, TimeUnit.SECONDS).exitCode()).isZero();
      String id = "" + bed.strava().activities(ATHLETE).get(0).id();
      requireOneFile(bed, id, file);
      assertThat(bed.strava().count("GET", "/api/v3/activities/*/streams")).isZero();
      assertThat(run(bed, "trace", id).out()).contains("already delivered");
    }
  }

  @Test
  void whatWasDeliveredFromStreamsWhileNothingWasKnownOfTheUploadIsReplaced() throws Exception {
    try (TestBed bed = start()) {
      Path file = fit("run.fit", 48);
      bed.strava()
          .arm(
              FaultRule.on("/api/v3/uploads", new Fault.CutBody(10))
                  .onlyMethod("POST")
                  .onlyTimes(1));

      Run run = run(bed, "upload", "run.fit", "--json");

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(only(run).path("state").asText()).isEqualTo("duplicate");
      requireOneFile(bed, only(run).path("activity_id").asText(), file);
      assertThat(bed.strava().activities(ATHLETE)).hasSize(1);
      assertThat(bed.strava().count("GET", "/api/v3/activities/*/streams")).isEqualTo(1);
    }
  }

  @Test
  void withoutAServiceTheCommandDoesItAll() throws Exception {
    try (TestBed bed = prepare()) {
      Path file = folder.resolve("run.fit.gz");
      Files.write(file, gzip(FitSamples.run(22)));

      Run run = run(bed, "upload", file.toString(), "--json");

      assertThat(run.exitCode()).as(run.toString()).isZero();
      String id = only(run).path("activity_id").asText();
      assertThat(bed.strava().activities(ATHLETE).get(0).gzipped()).isTrue();
      assertThat(bed.files()).containsExactly("2025/06/" + id + ".fit");
      bed.start();
      requireOneFile(bed, id, fit("same.fit", 22));
      assertThat(only(run(bed, "upload", "same.fit", "--json")).path("activity_id").asText())
          .isEqualTo(id);
      assertThat(posts(bed)).isEqualTo(1);
    }
  }

  @Test
  void aDuplicateCountsAsUploadedAndNamesTheActivity() throws Exception {
    try (TestBed bed = start()) {
      fit("run.fit", 23);
      run(bed, "upload", "run.fit");
      long id = bed.strava().activities(ATHLETE).get(0).id();
      awaitQuiet(bed);
      // as after a fresh installation
      bed.service().ledger().write(jdbc -> jdbc.sql("delete from upload").update());

      Run run = run(bed, "upload", "run.fit");

      assertThat(run.out()).startsWith("run.fit  duplicate: activity " + id);
      assertThat(run.exitCode()).isZero();
      awaitQuiet(bed);
      assertThat(bed.strava().activities(ATHLETE)).hasSize(1);
      assertThat(bed.files()).hasSize(1);
    }
  }

  @Test
  void gpxAndTcxAreUploadedToo() throws Exception {
    try (TestBed bed = start()) {
      Files.writeString(folder.resolve("run.gpx"), GPX);
      Files.write(folder.resolve("run.tcx.gz"), gzip(TCX.getBytes(StandardCharsets.UTF_8)));

      Run run = run(bed, "upload", "run.gpx", "run.tcx.gz", "--json");

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(bed.strava().activities(ATHLETE))
          .extracting(SimulatedActivity::original)
          .containsExactly(OriginalFormat.GPX, OriginalFormat.TCX);
      awaitQuiet(bed);
      assertThat(bed.files()).hasSize(2).allMatch(file -> file.endsWith(".fit"));
    }
  }

  @Test
  void whatIsNoActivitysFileIsNamedAndNotSentAndTheRestGoesOn() throws Exception {
    try (TestBed bed = start()) {
      Files.writeString(folder.resolve("page.fit"), "<html></html>");
      Files.write(folder.resolve("cut.fit"), Arrays.copyOf(FitSamples.run(24), 100));
      Files.writeString(folder.resolve("cut.gpx"), GPX.substring(0, 200));
      Files.writeString(folder.resolve("phone.json"), "{\"points\":[]}");
      Files.write(folder.resolve("empty.fit"), new byte[0]);
      try (var large = new RandomAccessFile(folder.resolve("large.fit").toFile(), "rw")) {
        large.setLength(26L << 20);
      }
      fit("run.fit", 25);

      Run run =
          run(
              bed,
              "upload",
              "page.fit",
              "cut.fit",
              "cut.gpx",
              "phone.json",
              "empty.fit",
              "large.fit",
              "gone.fit",
              ".",
              "run.fit");

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.out().lines())
          .satisfiesExactly(
              one -> assertThat(one).startsWith("page.fit  invalid: an HTML page"),
              one -> assertThat(one).startsWith("cut.fit  invalid: a FIT file that is not valid"),
              one -> assertThat(one).startsWith("cut.gpx  invalid: an incomplete GPX document"),
              one -> assertThat(one).startsWith("phone.json  invalid: it is JSON"),
              one -> assertThat(one).startsWith("empty.fit  invalid: an empty file"),
              one -> assertThat(one).startsWith("large.fit  invalid: it is larger than 26214400"),
              one -> assertThat(one).startsWith("gone.fit  invalid: there is no such file"),
              one -> assertThat(one).isEqualTo(".  invalid: it is a folder"),
              one -> assertThat(one).startsWith("run.fit  ready: activity "));
      assertThat(posts(bed)).isEqualTo(1);
    }
  }

  @Test
  void whatStravaRefusesIsToldWithoutItsMarkupAndSentAgainOnlyOnDemand() throws Exception {
    try (TestBed bed = start()) {
      fit("run.fit", 26);
      bed.strava().refuseNextUpload("run.fit: <b>Time</b> information is missing.<br>\u001b[2J");

      Run run = run(bed, "upload", "run.fit");
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.out())
          .startsWith("run.fit  failed: run.fit: Time information is missing.")
          .doesNotContain("<b>", "\u001b");
      assertThat(run(bed, "upload", "run.fit").out()).contains("Time information is missing");
      assertThat(posts(bed)).isEqualTo(1);

      assertThat(run(bed, "upload", "--retry", "run.fit").exitCode()).isZero();
      assertThat(posts(bed)).isEqualTo(2);
    }
  }

  @Test
  void anActivityThatIsDeletedMeanwhileIsNotUploadedAgainByItself() throws Exception {
    try (TestBed bed = start()) {
      fit("run.fit", 27);
      bed.strava()
          .arm(
              FaultRule.on("/api/v3/uploads/*", new Fault.Delay(Duration.ofSeconds(3)))
                  .onlyTimes(1));
      CompletableFuture<Run> run =
          CompletableFuture.supplyAsync(() -> run(bed, "upload", "run.fit"));
      await().until(() -> bed.strava().activities(ATHLETE).size() == 1);
      await().until(() -> bed.strava().count("GET", "/api/v3/uploads/*") == 1);
      bed.strava().delete(bed.strava().activities(ATHLETE).get(0).id());

      assertThat(run.get(30, TimeUnit.SECONDS).out())
          .startsWith("run.fit  deleted: the activity was deleted at Strava");
      assertThat(run.join().exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run(bed, "upload", "run.fit").exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(posts(bed)).isEqualTo(1);
    }
  }

  @Test
  void withoutThePermissionTheCommandSaysHowToGrantIt() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      fit("run.fit", 28);

      // the owner and the scope of these tokens are unknown until the first request
      assertThat(run(bed, "upload", "run.fit").exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
      Run run = run(bed, "upload", "run.fit");

      assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
      assertThat(run.out() + run.err())
          .contains("STRAVA_SCOPE=read,activity:read_all,activity:write ./fitroute connect");
      assertThat(bed.strava().activities(ATHLETE)).isEmpty();
      assertThat(run(bed, "status").out()).contains(": connected");

      var tokens = bed.strava().connect(ATHLETE, SCOPE);
      bed.set("strava.access-token", tokens.accessToken());
      bed.set("strava.refresh-token", tokens.refreshToken());
      assertThat(run(bed, "upload", "run.fit").exitCode()).isZero();
    }
  }

  @Test
  void aScopeThatIsKnownToBeTooNarrowCostsNoRequest() throws Exception {
    try (TestBed bed = start()) {
      fit("run.fit", 29);
      await().until(() -> !bed.service().athletes().all().isEmpty());
      bed.service()
          .ledger()
          .write(jdbc -> jdbc.sql("update athlete set scope = 'read,activity:read_all'").update());

      Run run = run(bed, "upload", "run.fit");

      assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
      assertThat(run.err())
          .contains("STRAVA_SCOPE=read,activity:read_all,activity:write ./fitroute connect")
          .hasLineCount(1);
      assertThat(posts(bed)).isZero();
      assertThat(run(bed, "upload", "--athlete", "5", "run.fit").err())
          .contains("athlete 5 is not connected; connected: " + ATHLETE);
    }
  }

  @Test
  void soManyFilesADayAndNoMore() throws Exception {
    try (TestBed bed = prepare().set("upload.per-day", "2")) {
      String[] names = {"a.fit", "b.fit", "c.fit", "d.fit"};
      for (int i = 0; i < names.length; i++) {
        fit(names[i], 30 + i);
      }

      Run run = run(bed, "upload", "a.fit", "b.fit", "c.fit", "d.fit", "--json");

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(json(run).path("left").asInt()).isEqualTo(2);
      Instant next = Instant.parse(json(run).path("continues_at").asText());
      assertThat(Duration.between(Instant.now(), next))
          .isBetween(Duration.ofHours(23), Duration.ofHours(24));
      assertThat(run.out()).contains("2 files were uploaded within 24 hours (upload.per-day)");
      assertThat(posts(bed)).isEqualTo(2);
      assertThat(run(bed, "upload", "a.fit", "b.fit", "c.fit", "d.fit").out())
          .contains("2 files left until 2");
      assertThat(posts(bed)).isEqualTo(2);
      assertThat(run(bed, "status").out()).contains("uploads       2 files not yet at Strava");

      bed.set("upload.per-day", "30");
      assertThat(run(bed, "upload", "a.fit", "b.fit", "c.fit", "d.fit").exitCode()).isZero();
      assertThat(bed.strava().activities(ATHLETE)).hasSize(4);
      assertThat(run(bed, "status").out()).doesNotContain("not yet at Strava");
    }
  }

  @Test
  void ofManyFilesThoseOfTheDayAreUploadedAndDelivered() throws Exception {
    try (TestBed bed = start()) {
      List<String> arguments = new ArrayList<>(List.of("upload", "--json"));
      for (int i = 0; i < 33; i++) {
        fit(i + ".fit", 60 + i);
        arguments.add(i + ".fit");
      }
      arguments.add("0.fit");

      Run run = run(bed, arguments.toArray(String[]::new));

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(json(run).path("left").asInt()).isEqualTo(3);
      assertThat(json(run).path("uploads")).hasSize(34);
      assertThat(posts(bed)).isEqualTo(30);
      assertThat(bed.strava().activities(ATHLETE)).hasSize(30);
      await().until(() -> bed.files().size() == 30);
      assertThat(bed.strava().count("GET", "/api/v3/activities/*/streams")).isZero();
      assertThat(bed.strava().count("GET", "/api/v3/uploads/*")).isLessThan(100);
    }
  }

  @Test
  void soManyFilesAtOnceAndNoMore() throws Exception {
    try (TestBed bed = start()) {
      bed.stop();
      bed.set("upload.at-once", "1").start();
      bed.subscribe();
      fit("a.fit", 40);
      fit("b.fit", 41);

      Run run = run(bed, "upload", "a.fit", "b.fit");

      assertThat(run.exitCode()).as(run.toString()).isZero();
      List<String> requests =
          bed.strava().requests().stream()
              .filter(request -> request.path().startsWith("/api/v3/uploads"))
              .map(RecordedRequest::method)
              .toList();
      assertThat(requests.lastIndexOf("POST")).isGreaterThan(requests.indexOf("GET"));
    }
  }

  @Test
  void whatIsProcessedForEverIsLeftAndLookedAtByTheSameCommand() throws Exception {
    try (TestBed bed = prepare().set("upload.give-up-after", "3s")) {
      fit("run.fit", 42);
      bed.strava().setProcessingTime(Duration.ofDays(1));

      Run run = run(bed, "upload", "run.fit");

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.out())
          .contains("run.fit  processing: Strava is still processing it", "1 file left");
      List<Instant> looks =
          bed.strava().requests().stream()
              .filter(request -> request.path().startsWith("/api/v3/uploads/"))
              .map(RecordedRequest::at)
              .toList();
      for (int i = 1; i < looks.size(); i++) {
        assertThat(Duration.between(looks.get(i - 1), looks.get(i))).isGreaterThan(AT_LEAST);
      }

      assertThat(run(bed, "upload", "run.fit").out()).contains("run.fit  processing: ");
      assertThat(posts(bed)).isEqualTo(1);
      assertThat(bed.strava().count("GET", "/api/v3/uploads/*")).isGreaterThan(looks.size());
    }
  }

  @Test
  void aFullWindowIsWaitedForAndAnErrorIsTriedAgain() throws Exception {
    try (TestBed bed = start()) {
      fit("run.fit", 43);
      fit("later.fit", 44);
      bed.strava()
          .arm(
              FaultRule.on("/api/v3/uploads", Fault.status(503, "{}"))
                  .onlyMethod("POST")
                  .onlyTimes(1));
      assertThat(run(bed, "upload", "run.fit").exitCode()).isZero();
      assertThat(posts(bed)).isEqualTo(2);

      bed.strava().arm(FaultRule.on("/api/v3/uploads", Fault.rateLimited()).onlyTimes(1));
      Run limited = run(bed, "upload", "later.fit");

      assertThat(limited.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(limited.out())
          .contains("later.fit  waiting: the API budget is used up until", "1 file left until");
    }
  }

  @Test
  void anExpiredTokenIsRefreshedAndAnInactiveApplicationSaidToBeOne() throws Exception {
    try (TestBed bed = start()) {
      fit("run.fit", 45);
      fit("later.fit", 46);
      await().until(() -> !bed.service().athletes().all().isEmpty());
      bed.strava().expireAccessToken(ATHLETE);
      assertThat(run(bed, "upload", "run.fit").exitCode()).isZero();
      assertThat(bed.strava().activities(ATHLETE)).hasSize(1);

      bed.strava().setApplicationActive(false);
      Run run = run(bed, "upload", "later.fit");
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.out()).contains("later.fit  waiting: ").contains("inactive");
    }
  }

  @Test
  void whatADisconnectedAthleteHasNotUploadedYetIsForgotten() throws Exception {
    try (TestBed bed = start()) {
      fit("run.fit", 49);
      bed.strava().arm("/api/v3/uploads", Fault.rateLimited());
      assertThat(run(bed, "upload", "run.fit").exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run(bed, "status").out()).contains("uploads       1 file not yet at Strava");

      assertThat(run(bed, "disconnect", "" + ATHLETE).exitCode()).isZero();

      assertThat(run(bed, "status").out()).doesNotContain("not yet at Strava");
      assertThat(run(bed, "upload", "run.fit").exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void aStatusAgainstTheFileIsFinal(int status) throws Exception {
    try (TestBed bed = start()) {
      fit("run.fit", 47);
      bed.strava()
          .arm(
              "/api/v3/uploads",
              Fault.status(status, "{\"message\":\"Bad Request\",\"errors\":[]}"));

      Run run = run(bed, "upload", "run.fit");

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.out()).startsWith("run.fit  failed: Bad Request");
      assertThat(posts(bed)).isEqualTo(1);
    }
  }
}
