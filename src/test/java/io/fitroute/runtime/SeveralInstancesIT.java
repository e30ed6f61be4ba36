package io.fitroute.runtime;

import static io.fitroute.runtime.TestBed.ATHLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventState;
import io.fitroute.ledger.Database;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that share one ledger on PostgreSQL share the work. */
class SeveralInstancesIT {

  @TempDir Path folder;

  private TestBed first() {
    TestBed bed =
        TestBed.prepare(folder)
            .set("database.url", Database.POSTGRESQL.url(folder))
            .set("inbox.lease", "2s")
            .connect();
    bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE));
    bed.start().subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    return bed;
  }

  private Service second(TestBed bed) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data-of-the-second"));
    Files.copy(folder.resolve("data/data.key"), data.resolve("data.key"));
    return Service.start(
        bed.settings()
            .with(
                Map.of(
                    "data.dir", data.toString(),
                    "strava.access-token", "",
                    "strava.refresh-token", "")),
        TestBed.home(),
        RunMode.SERVE);
  }

  private static long settled(TestBed bed, String origin) {
    return bed.service()
        .ledger()
        .read()
        .sql("select count(*) from event where state = ? and origin = ?")
        .params(EventState.DONE.word(), origin)
        .query(Long.class)
        .single();
  }

  @Test
  void anActivityBecomesAFileAndItsDeletionIsFollowed() throws Exception {
    try (TestBed bed = first()) {
      SimulatedActivity run = bed.strava().upload(SimulatedActivity.run(ATHLETE).build());
      await().until(() -> settled(bed, "strava") == 1);

      assertThat(bed.files()).containsExactly("2026/11/" + run.id() + ".fit");
      assertThat(bed.get("/health").body()).contains("\"healthy\"");
      bed.strava().delete(run.id());
      await().until(() -> settled(bed, "strava") == 2);
      assertThat(bed.files()).as("on-delete is keep").hasSize(1);
    }
  }

  @Test
  void eachEventIsWorkedOnOnceAlthoughOneOfThemGoesAway() throws Exception {
    try (TestBed bed = first()) {
      Service second = second(bed);
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ids.add(bed.strava().upload(SimulatedActivity.run(ATHLETE).build()).id());
      }
      await().until(() -> settled(bed, "strava") > 3);
      second.close();
      await().atMost(Duration.ofSeconds(40)).until(() -> settled(bed, "strava") == 20);

      assertThat(bed.files()).hasSize(20);
      for (long id : ids) {
        assertThat(bed.strava().count("GET", "/activities/" + id + "/export_original"))
            .as("of %s", id)
            .isOne();
      }
    }
  }
}
