package io.fitroute.cli;

import static io.fitroute.runtime.TestBed.ATHLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.delivery.Delivery;
import io.fitroute.fit.FitSamples;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.Visibility;
import io.fitroute.strava.activity.DetailsRetention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of delivered files are kept when data of the API has expired. */
class RecordingsIT {

  @TempDir Path folder;

  private static SimulatedActivity deliver(TestBed bed, SimulatedActivity.Builder run) {
    SimulatedActivity uploaded = bed.strava().upload(run.build());
    await().until(() -> !deliveries(bed, uploaded).isEmpty());
    return uploaded;
  }

  private static List<Delivery> deliveries(TestBed bed, SimulatedActivity run) {
    return bed.service().deliveries().of(Long.toString(run.id()));
  }

  private static Ledger ledger(TestBed bed) {
    return bed.service().ledger();
  }

  private static List<Map<String, Object>> rows(TestBed bed, String query) {
    return ledger(bed).read().sql(query).query().listOfRows();
  }

  private Run run(TestBed bed, String... arguments) {
    return Run.of(Run.environment(bed.environment(), folder), arguments);
  }

  private static void lapse(TestBed bed) {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(8));
    new DetailsRetention(ledger(bed), true, 7, later).erase();
  }

  @Test
  void whatTheFileSaysStaysAndWhatTheApiSaysLapses() throws Exception {
    try (TestBed bed = TestBed.ready(folder)) {
      SimulatedActivity run =
          deliver(
              bed,
              SimulatedActivity.run(ATHLETE)
                  .name("Canal")
                  .distance(11_000)
                  .movingTime(Duration.ofMinutes(55))
                  .start(Instant.parse("2026-10-31T23:30:00Z"))
                  .visibility(Visibility.EVERYONE));

      Map<String, Object> row = rows(bed, "select * from recording").get(0);
      assertThat(row)
          .containsEntry("activity_id", Long.toString(run.id()))
          .containsEntry("athlete_id", Long.toString(ATHLETE))
          .containsEntry("sha256", deliveries(bed, run).get(0).sha256())
          .containsEntry("provenance", "original")
          .containsEntry("start_time", run.start().toEpochMilli())
          .containsEntry("start_local", "2026-11-01T00:30:00")
          .containsEntry("sport", "running")
          .containsEntry("device", "Garmin Forerunner 265")
          .containsEntry("title", "Canal")
          .containsEntry("visibility", "everyone");
      assertThat((Double) row.get("best_10_km")).isCloseTo(3000, within(120.0));
      assertThat((String) row.get("overview")).hasSizeBetween(10, 500);
      Map<String, Object> before = rows(bed, "select * from runs").get(0);
      assertThat(((Number) before.get("private")).intValue()).isZero();

      lapse(bed);

      Map<String, Object> after = rows(bed, "select * from runs").get(0);
      assertThat(after)
          .containsEntry("km", before.get("km"))
          .containsEntry("pace", before.get("pace"))
          .containsEntry("average_heartrate", before.get("average_heartrate"))
          .containsEntry("polyline", before.get("polyline"))
          .containsEntry("best_5_km", before.get("best_5_km"))
          .containsEntry("name", null);
      assertThat(((Number) after.get("private")).intValue()).as("not known is private").isOne();
      assertThat(rows(bed, "select * from recording").get(0))
          .containsEntry("title", null)
          .containsEntry("visibility", null);
      assertThat(rows(bed, "select runs, measured from runs_by_month").get(0).values())
          .extracting(number -> ((Number) number).intValue())
          .containsExactly(1, 1);
    }
  }

  @Test
  void theTitleFollowsAndAFileThatGivesWayTakesItsNumbersAlong() throws Exception {
    TestBed prepared = TestBed.prepare(folder).connect();
    try (TestBed bed = prepared.start()) {
      bed.subscribe();
      await().until(() -> !bed.service().athletes().all().isEmpty());
      SimulatedActivity run = deliver(bed, SimulatedActivity.run(ATHLETE).name("First"));
      bed.strava().update(run.id(), one -> one.name("Second").visibility(Visibility.ONLY_ME));
      await()
          .until(
              () ->
                  rows(
                              bed,
                              "select 1 from recording where title = 'Second'"
                                  + " and visibility = 'only_me' and provenance = 'streams'")
                          .size()
                      == 1);
      bed.stop();
      bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE)).start();

      assertThat(run(bed, "upgrade").exitCode()).isZero();

      assertThat(rows(bed, "select provenance, title from recording"))
          .containsExactly(Map.of("provenance", "original", "title", "Second"));
    }
  }

  @Test
  void theTableIsMadeAnewFromTheSinks() throws Exception {
    try (TestBed bed = TestBed.ready(folder)) {
      deliver(bed, SimulatedActivity.run(ATHLETE));
      SimulatedActivity damaged = deliver(bed, SimulatedActivity.run(ATHLETE));
      List<Map<String, Object>> before =
          rows(bed, "select activity_id, distance, track from recording order by activity_id");
      Path file = bed.downloads().resolve(deliveries(bed, damaged).get(0).path());
      Files.write(file, FitSamples.run(20));
      ledger(bed).write(jdbc -> jdbc.sql("delete from recording").update());

      Run rebuilt = run(bed, "recordings", "rebuild");

      assertThat(rebuilt.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(rebuilt.out())
          .startsWith("1 file recorded, 1 not read")
          .contains("it differs from the delivered file");
      assertThat(rows(bed, "select activity_id, distance, track from recording"))
          .containsExactly(before.get(0));
      assertThat(rows(bed, "select title from recording").get(0).get("title")).isNotNull();
      assertThat(run(bed, "recordings", "remake").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    }
  }
}
