package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletions held back because there were many at once, from the operator's point of view. */
class HeldDeletionsIT {

  @TempDir Path folder;

  @Test
  void whatIsHeldBackIsShownUntilSomebodyHasLookedAtIt() throws Exception {
    Path home = TestBed.copyHome(folder.resolve("home"));
    Path routes = home.resolve("routes/notify.camel.yaml");
    Files.writeString(routes, Files.readString(routes).replace("60000", "100"));
    try (TestBed bed = TestBed.prepare(folder.resolve("bed")).setHome(home).connect()) {
      bed.set("strava.session-cookie", bed.strava().sessionCookie(TestBed.ATHLETE))
          .set("on-delete", "purge")
          .set("removal.brake", "1")
          .start()
          .subscribe();
      await().until(() -> !bed.service().athletes().all().isEmpty());
      long first = upload(bed);
      long second = upload(bed);
      await().until(() -> bed.files().size() == 2);

      bed.strava().delete(first);
      await().until(() -> bed.files().size() == 1);
      bed.strava().delete(second);

      await().until(() -> bed.get("/health").body().contains("1 deletion waits for review"));
      long id = event(bed, second);
      assertThat(run(bed, "status").out())
          .contains(
              "warning       1 deletion waits, confirmed by Strava but too many at once"
                  + " (removal.brake); if they are intended: ./fitroute replay "
                  + id);
      assertThat(bed.files()).hasSize(1);

      assertThat(run(bed, "replay", Long.toString(id)).exitCode()).isZero();

      await().until(() -> bed.files().isEmpty());
      await().until(() -> !bed.get("/health").body().contains("deletion"));
    }
  }

  private static long upload(TestBed bed) {
    return bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).build()).id();
  }

  private static long event(TestBed bed, long activity) {
    return bed.service()
        .ledger()
        .read()
        .sql("select id from event where object_id = ? and aspect = 'delete'")
        .param(Long.toString(activity))
        .query(Long.class)
        .single();
  }

  private static Run run(TestBed bed, String... arguments) {
    return Run.of(Run.environment(bed.environment(), bed.folder()), arguments);
  }
}
