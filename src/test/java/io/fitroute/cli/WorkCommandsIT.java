package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that read the ledger and submit work, with and without a running service. */
class WorkCommandsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Run run(TestBed bed, String... arguments) {
    return Run.of(Run.environment(bed.environment(), folder), arguments);
  }

  private static JsonNode json(Run run) throws JsonProcessingException {
    return JSON.readTree(run.out());
  }

  @Test
  void aDownloadBesideARunningServiceIsDoneByTheService() throws Exception {
    try (TestBed bed = TestBed.ready(folder)) {
      long id = bed.strava().uploadSilently(SimulatedActivity.run(TestBed.ATHLETE).build()).id();

      Run run = run(bed, "download", Long.toString(id));
      // standard error may contain progress
      assertThat(run.exitCode()).isZero();
      Path file = bed.downloads().resolve("2026/11/" + id + ".fit");
      assertThat(run.out()).isEqualTo(id + "  " + file + System.lineSeparator());
      assertThat(file).exists();
    }
  }

  @Test
  void aDownloadWithoutAServiceDoesTheWorkItself() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      bed.set("strava.session-cookie", bed.strava().sessionCookie(TestBed.ATHLETE));
      long run = bed.strava().uploadSilently(SimulatedActivity.run(TestBed.ATHLETE).build()).id();
      long ride = bed.strava().uploadSilently(SimulatedActivity.ride(TestBed.ATHLETE).build()).id();

      Run first = run(bed, "download", "--json", "" + run, "" + ride, "" + run);

      assertThat(first.exitCode()).isEqualTo(ExitCode.FAILED);
      JsonNode downloads = json(first).path("downloads");
      assertThat(downloads).hasSize(2);
      assertThat(Path.of(downloads.get(0).path("path").asText())).exists();
      assertThat(downloads.get(0).path("provenance").asText()).isEqualTo("original");
      assertThat(downloads.get(1).path("path").asText()).isEmpty();
      assertThat(downloads.get(1).path("reason").asText()).contains("Ride is not wanted");

      Run second = run(bed, "download", "" + run);
      assertThat(second.exitCode()).isZero();
      assertThat(second.out()).contains("2026/11/" + run + ".fit");
      assertThat(bed.files()).hasSize(1);
    }
  }

  @Test
  @Timeout(60)
  void aDownloadWhoseSecondSinkIsAwayEndsAndSaysSoHoweverOftenItIsAskedFor() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      bed.set("strava.session-cookie", bed.strava().sessionCookie(TestBed.ATHLETE))
          .set("fit.sinks", "file,webdav")
          .set("webdav.url", "http://127.0.0.1:1/dav");
      long id = bed.strava().uploadSilently(SimulatedActivity.run(TestBed.ATHLETE).build()).id();

      for (int attempt = 1; attempt <= 2; attempt++) {
        Run run = run(bed, "download", "" + id);

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out().lines())
            .satisfiesExactly(
                file -> assertThat(file).endsWith("2026/11/" + id + ".fit"),
                rest -> assertThat(rest).startsWith("    and waits until ").contains("webdav"));
      }
      assertThat(bed.files()).hasSize(1);
    }
  }

  @Test
  void aDownloadOfWhatIsNotThereSaysSoAtOnce() {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      Run run = run(bed, "download", "404");

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.out()).startsWith("404  not delivered: Strava does not have it");
    }
  }

  @Test
  void aDownloadWithoutAnAthleteIsNotConfigured() {
    try (TestBed bed = TestBed.prepare(folder)) {
      Run run = run(bed, "download", "1");

      assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
      assertThat(run.err())
          .contains("no athlete is connected: run ./fitroute connect")
          .doesNotContain("STRAVA_CLIENT")
          .hasLineCount(1);
    }
  }

  @Test
  void aDownloadWithoutAnApplicationSaysWhatToSet() {
    try (TestBed bed =
        TestBed.prepare(folder).set("strava.client-id", "").set("strava.cliend-id", "1")) {
      Run run = run(bed, "download", "1");

      assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
      assertThat(run.err())
          .contains(
              "STRAVA_CLIENT_ID", "STRAVA_CLIEND_ID is not used; did you mean STRAVA_CLIENT_ID?")
          .hasLineCount(1);
    }
  }

  @Test
  void aDownloadWithTokensThatAreDeadSaysSoAtOnce() {
    try (TestBed bed =
        TestBed.prepare(folder)
            .set("strava.access-token", "dead")
            .set("strava.refresh-token", "dead")
            .set("strava.timeout", "30s")) {
      Instant start = Instant.now();
      Run run = run(bed, "download", "1");

      assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
      assertThat(run.err()).contains("the configured tokens are unusable", "set new ones");
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(25));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, that were in progress when the service stopped", "true, in progress"})
  void whatIsInWorkIsNotNothing(boolean running, String words) {
    try (TestBed bed = TestBed.prepare(folder)) {
      if (running) {
        bed.start();
      }
      try (Ledger ledger = LedgerFile.open(bed.settings())) {
        ledger.write(
            jdbc ->
                jdbc.sql(
                        "insert into event (origin, priority, subscription_id, object_type, object_id,"
                            + " aspect, owner_id, event_time, updates, received_at, state, due_at,"
                            + " lease) values ('webhook', 0, 1, 'activity', '1', 'create', '2', 0,"
                            + " '', 0, 'pending', ?, 'a worker')")
                    .param(Instant.now().plusSeconds(600).toEpochMilli())
                    .update());
      }

      assertThat(run(bed, "status").out())
          .containsPattern("pending +1\\b")
          .contains("1 event", words)
          .doesNotContain("nothing waits");
    }
  }

  @Test
  void timesAreLocalForPeopleAndUtcForPrograms() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      run(bed, "download", "404");

      for (String command : List.of("events", "trace 404", "status", "key")) {
        assertThat(run(bed, command.split(" ")).out())
            .doesNotContainPattern("[0-9]T[0-9]{2}:[0-9]{2}");
      }
      assertThat(run(bed, "events").out())
          .containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d ");
      assertThat(json(run(bed, "events", "--json")).at("/events/0/received_at").asText())
          .endsWith("Z");
    }
  }

  @Test
  void statusTellsHowThingsStand() throws Exception {
    try (TestBed bed = TestBed.ready(folder)) {
      bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).build());
      bed.strava().upload(SimulatedActivity.ride(TestBed.ATHLETE).build());
      await()
          .untilAsserted(
              () -> {
                JsonNode events = json(run(bed, "status", "--json")).path("events");
                assertThat(events.path("done").asInt()).isEqualTo(1);
                assertThat(events.path("skipped").asInt()).isEqualTo(1);
              });

      JsonNode status = json(run(bed, "status", "--json"));

      assertThat(status.path("service").asText()).isEqualTo("running");
      assertThat(status.path("athletes").get(0).path("state").asText()).isEqualTo("connected");
      assertThat(status.path("deliveries").path("file").asInt()).isEqualTo(1);
      assertThat(status.path("budget")).hasSize(2);
      assertThat(run(bed, "status").out())
          .contains("connected", "nothing waits")
          .doesNotContain(bed.strava().clientSecret());
    }
  }

  @Test
  void statusOfNothingLeavesNothingBehind() throws Exception {
    try (TestBed bed = TestBed.prepare(folder)) {
      Run run = run(bed, "status", "--json");

      assertThat(run.exitCode()).isZero();
      assertThat(json(run).path("service").asText()).isEqualTo("stopped");
      assertThat(Files.exists(folder.resolve("data"))).isFalse();
    }
  }

  @Test
  void aDeadEventIsListedTracedAndPutBack() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      bed.set("strava.session-cookie", bed.strava().sessionCookie(TestBed.ATHLETE))
          .set("retry.failing", "10ms")
          .start()
          .subscribe();
      await().until(() -> !bed.service().athletes().all().isEmpty());
      var fault = bed.strava().arm("/api/v3/activities/*", Fault.status(503, "{}"));
      long id = bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).build()).id();
      await()
          .until(
              () -> json(run(bed, "events", "--state", "dead", "--json")).path("events").size(),
              size -> size == 1);

      assertThat(run(bed, "events").out()).contains("dead", "gave up after 2 failed attempts");
      assertThat(run(bed, "trace", "" + id).out())
          .containsSubsequence(
              "create received from strava",
              "Strava answered 503 to GET activities/" + id,
              "waits until",
              "Strava answered 503",
              "dead: gave up");

      fault.disarm();
      Run replay = run(bed, "replay", "--dead");

      assertThat(replay.exitCode()).isZero();
      assertThat(replay.out()).startsWith("1 of 1 events retried");
      await().until(() -> !bed.files().isEmpty());
      await()
          .untilAsserted(
              () ->
                  assertThat(run(bed, "trace", "" + id).out())
                      .contains("retried manually", "done: delivered", "file at file: 2026/11"));
    }
  }

  @Test
  void traceOfNothingFails() {
    try (TestBed bed = TestBed.prepare(folder)) {
      assertThat(run(bed, "trace", "5").exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run(bed, "trace", "5").out()).contains("nothing is known of activity 5");
    }
  }
}
