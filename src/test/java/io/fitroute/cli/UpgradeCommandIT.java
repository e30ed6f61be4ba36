package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.delivery.Delivery;
import io.fitroute.fit.FitCheck;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.OriginalFormat;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files written from streams are replaced by originals once these are available. */
class UpgradeCommandIT {

  private static final long ATHLETE = TestBed.ATHLETE;

  @TempDir Path folder;

  private TestBed start(String... settings) {
    TestBed bed = TestBed.prepare(folder).connect();
    for (int i = 0; i < settings.length; i += 2) {
      bed.set(settings[i], settings[i + 1]);
    }
    bed.start().subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    return bed;
  }

  private static Delivery deliver(TestBed bed, SimulatedActivity.Builder activity) {
    long id = bed.strava().upload(activity.build()).id();
    await().until(() -> !deliveries(bed, id).isEmpty());
    return deliveries(bed, id).get(0);
  }

  private static List<Delivery> deliveries(TestBed bed, long id) {
    return bed.service().deliveries().of(Long.toString(id));
  }

  private Run run(TestBed bed, String... arguments) {
    return Run.of(Run.environment(bed.environment(), folder), arguments);
  }

  private static JsonNode lines(Run run) throws Exception {
    return new ObjectMapper().readTree(run.out()).path("files");
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(
            java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @Test
  void aSessionBringsTheOriginalToTheSamePath() throws Exception {
    try (TestBed bed = start("state.file", folder.resolve("state.json").toString())) {
      Delivery before = deliver(bed, SimulatedActivity.run(ATHLETE).id(7));
      Path file = bed.downloads().resolve(before.path());
      bed.strava().update(7, run -> run.name("Renamed"));
      bed.stop();
      bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE));

      Run dry = run(bed, "upgrade", "--dry-run");
      assertThat(dry.out()).startsWith("file:" + before.path() + "  planned");
      assertThat(sha256(file)).isEqualTo(before.sha256());

      bed.start();
      bed.strava().clearRequests();
      Run run = run(bed, "upgrade");

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("done     replaced by the original: file:" + before.path());
      Delivery after = deliveries(bed, 7).get(0);
      assertThat(after.provenance()).isEqualTo("original");
      assertThat(after.path()).isEqualTo(before.path());
      assertThat(after.sha256()).isEqualTo(sha256(file)).isNotEqualTo(before.sha256());
      assertThat(after.size()).isEqualTo(Files.size(file));
      assertThat(new FitCheck().check(file).device()).contains("Garmin Forerunner 265");
      assertThat(bed.files()).containsExactly(before.path());
      assertThat(bed.strava().count("GET", "/api/v3/activities/**")).isLessThanOrEqualTo(1);
      assertThat(run(bed, "upgrade").out()).contains("nothing to upgrade");
    }
  }

  @Test
  void withoutTheOriginalTheFileStays() throws Exception {
    try (TestBed bed = start()) {
      Delivery before = deliver(bed, SimulatedActivity.run(ATHLETE).id(8));

      Run run = run(bed, "upgrade", "--json");

      assertThat(run.exitCode()).isZero();
      assertThat(lines(run).get(0).path("state").asText()).isEqualTo("skipped");
      assertThat(lines(run).get(0).path("reason").asText())
          .startsWith("the file stays: the access token cannot export originals");
      assertThat(deliveries(bed, 8)).containsExactly(before);
      assertThat(sha256(bed.downloads().resolve(before.path()))).isEqualTo(before.sha256());
    }
  }

  @Test
  void whereOneIsGivenUpItFailsAndTheFileStays() throws Exception {
    try (TestBed bed = start("retry.failing", "10ms")) {
      Delivery before = deliver(bed, SimulatedActivity.run(ATHLETE).id(13));
      bed.stop();
      bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE));
      bed.strava().arm("/activities/13/export_original", Fault.status(500));

      Run run = run(bed, "upgrade", "--json");

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(lines(run).get(0).path("state").asText()).isEqualTo("dead");
      assertThat(sha256(bed.downloads().resolve(before.path()))).isEqualTo(before.sha256());
    }
  }

  @Test
  void itAlsoWorksWithoutAService() throws Exception {
    try (TestBed bed = start()) {
      Delivery before = deliver(bed, SimulatedActivity.run(ATHLETE).id(9));
      bed.stop();
      bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE));

      Run run = run(bed, "upgrade", "--json");

      assertThat(lines(run).get(0).path("state").asText()).isEqualTo("done");
      assertThat(sha256(bed.downloads().resolve(before.path()))).isNotEqualTo(before.sha256());
    }
  }

  @Test
  void nothingIsThereToUpgradeBeforeTheFirstStart() {
    try (TestBed bed = TestBed.prepare(folder)) {
      assertThat(run(bed, "upgrade").out()).contains("nothing to upgrade");
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void aForeignOriginalIsKeptBesideTheFitFileWhenWanted() throws Exception {
    TestBed bed = TestBed.prepare(folder);
    bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE));
    bed.connect().set("fit.keep-foreign-originals", "true").start().subscribe();
    try (bed) {
      await().until(() -> !bed.service().athletes().all().isEmpty());
      deliver(bed, SimulatedActivity.run(ATHLETE).id(10).original(OriginalFormat.GPX));
      deliver(bed, SimulatedActivity.run(ATHLETE).id(11).original(OriginalFormat.TCX));
      deliver(bed, SimulatedActivity.run(ATHLETE).id(12));

      assertThat(bed.files())
          .containsExactly(
              "2026/11/10.fit",
              "2026/11/10.gpx",
              "2026/11/11.fit",
              "2026/11/11.tcx",
              "2026/11/12.fit");
      assertThat(Files.readString(bed.downloads().resolve("2026/11/10.gpx"))).contains("<gpx");
      assertThat(deliveries(bed, 10)).extracting(Delivery::path).containsExactly("2026/11/10.fit");
      assertThat(lines(run(bed, "upgrade", "--json")))
          .extracting(line -> line.path("reason").asText())
          .containsExactly(
              "the file stays: the original is GPX, not FIT",
              "the file stays: the original is TCX, not FIT");
    }
  }
}
