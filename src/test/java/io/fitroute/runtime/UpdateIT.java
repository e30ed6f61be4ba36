package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.Visibility;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The effect of a change at Strava on delivered files. */
class UpdateIT {

  private static final long ATHLETE = TestBed.ATHLETE;

  @TempDir Path folder;

  private TestBed ready(String fileName) {
    TestBed bed = TestBed.prepare(folder).connect();
    bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE))
        .set("fit.file-name", fileName)
        .start()
        .subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    return bed;
  }

  private static SimulatedActivity deliver(TestBed bed) throws Exception {
    SimulatedActivity run =
        bed.strava().upload(SimulatedActivity.run(ATHLETE).name("Morning Run").build());
    await().until(() -> settled(bed) == 1);
    return run;
  }

  private static long settled(TestBed bed) {
    return bed.service()
        .ledger()
        .read()
        .sql("select count(*) from event where state <> 'pending'")
        .query(Long.class)
        .single();
  }

  private static String lastReason(TestBed bed) {
    return bed.service()
        .ledger()
        .read()
        .sql("select reason from event order by id desc limit 1")
        .query(String.class)
        .single();
  }

  @Test
  void aFileWhoseNameHoldsTheTitleFollowsIt() throws Exception {
    try (TestBed bed = ready("${variable.yyyy}/${variable.title} ${variable.activity_id}.fit")) {
      SimulatedActivity run = deliver(bed);
      assertThat(bed.files()).containsExactly("2026/Morning Run " + run.id() + ".fit");
      bed.strava().clearRequests();

      bed.strava().update(run.id(), activity -> activity.name("../Best: run / ever"));

      await().until(() -> settled(bed) == 2);
      assertThat(bed.files()).containsExactly("2026/-Best_ run - ever " + run.id() + ".fit");
      assertThat(lastReason(bed)).contains("already delivered: file:2026/-Best_ run - ever");
      assertThat(bed.strava().count("GET", "/api/v3/activities/*")).isOne();
    }
  }

  @Test
  void aRunThatBecomesARideKeepsItsFileAndSaysSo() throws Exception {
    try (TestBed bed = ready("${variable.yyyy}/${variable.activity_id}.fit")) {
      SimulatedActivity run = deliver(bed);

      bed.strava().update(run.id(), activity -> activity.sportType("Ride").name("Commute"));

      await().until(() -> settled(bed) == 2);
      assertThat(bed.files()).containsExactly("2026/" + run.id() + ".fit");
      assertThat(lastReason(bed)).endsWith("; its type at Strava is now Ride, the file is kept");
      assertThat(
              bed.service()
                  .ledger()
                  .read()
                  .sql("select name from activity")
                  .query(String.class)
                  .single())
          .isEqualTo("Commute");
    }
  }

  @Test
  void withoutStoredDetailsAFileFollowsItsTitleAllTheSame() throws Exception {
    TestBed prepared = TestBed.prepare(folder).connect().set("strava.store-details", "false");
    prepared
        .set("strava.session-cookie", prepared.strava().sessionCookie(ATHLETE))
        .set("fit.file-name", "${variable.title} ${variable.activity_id}.fit");
    try (TestBed bed = prepared.start()) {
      bed.subscribe();
      await().until(() -> !bed.service().athletes().all().isEmpty());
      SimulatedActivity run = deliver(bed);

      bed.strava().update(run.id(), activity -> activity.visibility(Visibility.ONLY_ME));
      await().until(() -> settled(bed) == 2);
      assertThat(bed.files()).containsExactly("Morning Run " + run.id() + ".fit");
      bed.strava().update(run.id(), activity -> activity.name("Canal"));
      await().until(() -> settled(bed) == 3);
      assertThat(bed.files()).containsExactly("Canal " + run.id() + ".fit");

      Map<String, Object> row =
          bed.service().ledger().read().sql("select * from activity").query().singleRow();
      assertThat(row.keySet().stream().filter(column -> row.get(column) != null))
          .containsExactlyInAnyOrder(
              "id",
              "athlete_id",
              "sport_type",
              "start_time",
              "start_local",
              "manual",
              "original_format",
              "read_at");
    }
  }

  @Test
  void anUpdateOfWhatWasTakenOverFromElsewhereLeavesItAsItIs() throws Exception {
    try (TestBed bed = ready("${variable.yyyy}/${variable.title} ${variable.activity_id}.fit")) {
      SimulatedActivity run = deliver(bed);
      bed.service().ledger().write(jdbc -> jdbc.sql("delete from activity").update());

      bed.strava().update(run.id(), activity -> activity.name("Canal"));

      await().until(() -> settled(bed) == 2);
      assertThat(lastReason(bed)).startsWith("already delivered: file:2026/Morning Run");
      assertThat(bed.files()).containsExactly("2026/Morning Run " + run.id() + ".fit");
    }
  }
}
