package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletions and withdrawn permissions, which are believed only once Strava confirms them. */
class RemovalIT {

  private static final long ATHLETE = TestBed.ATHLETE;

  @TempDir Path folder;

  private TestBed ready(String onDelete) {
    TestBed bed = TestBed.prepare(folder).connect();
    bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE))
        .set("on-delete", onDelete)
        .start()
        .subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    return bed;
  }

  private static SimulatedActivity deliver(TestBed bed) {
    SimulatedActivity run = bed.strava().upload(SimulatedActivity.run(ATHLETE).build());
    await().until(() -> states(bed, run.id()), list -> list.equals(List.of("done")));
    return run;
  }

  private static List<String> states(TestBed bed, long id) {
    return bed.service()
        .ledger()
        .read()
        .sql("select state from event where object_id = ? order by id")
        .param(Long.toString(id))
        .query(String.class)
        .list();
  }

  private static String lastReason(TestBed bed, long id) {
    return bed.service()
        .ledger()
        .read()
        .sql("select coalesce(reason, '') from event where object_id = ? order by id desc limit 1")
        .param(Long.toString(id))
        .query(String.class)
        .single();
  }

  @Test
  void byDefaultTheFileIsKept() throws Exception {
    try (TestBed bed = ready("keep")) {
      long id = deliver(bed).id();

      bed.strava().delete(id);

      await().until(() -> states(bed, id), list -> list.equals(List.of("done", "done")));
      assertThat(lastReason(bed, id)).startsWith("deleted at Strava; the file is kept");
      assertThat(bed.files()).containsExactly("2026/11/" + id + ".fit");
    }
  }

  @Test
  void aDeletedActivityGoesToTheTrashAndIsNotFetchedAgain() throws Exception {
    try (TestBed bed = ready("trash")) {
      long id = deliver(bed).id();

      bed.strava().delete(id);
      await().until(() -> states(bed, id), list -> list.equals(List.of("done", "done")));

      assertThat(bed.files()).containsExactly("trash/2026/11/" + id + ".fit");
      bed.strava().clearRequests();
      bed.strava().deliver(WebhookEvent.created(id, ATHLETE, bed.strava().now().minusSeconds(60)));
      await().until(() -> states(bed, id), list -> list.equals(List.of("done", "done", "skipped")));
      assertThat(bed.strava().count("GET", "/api/v3/activities/*")).isZero();
    }
  }

  @Test
  void aSinkThatCannotClearAwayKeepsItsFileAndHoldsUpNoOther() throws Exception {
    try (TestBed bed = ready("trash")) {
      long id = deliver(bed).id();
      bed.service()
          .ledger()
          .write(
              jdbc ->
                  jdbc.sql(
                          "insert into delivery select activity_id, 'attic', path, provenance, size,"
                              + " sha256, event_id, delivered_at from delivery")
                      .update());

      bed.strava().delete(id);

      await().until(() -> states(bed, id), list -> list.equals(List.of("done", "done")));
      assertThat(bed.files()).containsExactly("trash/2026/11/" + id + ".fit");
      assertThat(lastReason(bed, id))
          .isEqualTo(
              "deleted at Strava; on-delete is trash; kept where this is not supported:"
                  + " attic:2026/11/"
                  + id
                  + ".fit");
    }
  }

  @Test
  void purgeRemovesTheFile() throws Exception {
    try (TestBed bed = ready("purge")) {
      long id = deliver(bed).id();

      bed.strava().delete(id);

      await().until(() -> states(bed, id), list -> list.equals(List.of("done", "done")));
      assertThat(bed.files()).isEmpty();
    }
  }

  @Test
  void aForgedDeletionChangesNothing() throws Exception {
    try (TestBed bed = ready("purge")) {
      long id = deliver(bed).id();

      bed.strava().deliver(WebhookEvent.deleted(id, ATHLETE, bed.strava().now()));

      await().until(() -> states(bed, id), list -> list.equals(List.of("done", "skipped")));
      assertThat(lastReason(bed, id)).startsWith("not confirmed");
      assertThat(bed.files()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null"})
  void anAnswerThatSaysNothingConfirmsNoDeletion(String body) throws Exception {
    try (TestBed bed = ready("purge")) {
      long id = deliver(bed).id();
      bed.strava().arm("/api/v3/activities/*", Fault.status(200, body));

      bed.strava().deliver(WebhookEvent.deleted(id, ATHLETE, bed.strava().now()));

      await()
          .until(() -> lastReason(bed, id), reason -> reason.equals("Strava's response is empty"));
      assertThat(states(bed, id)).containsExactly("done", "pending");
      assertThat(bed.files()).hasSize(1);
    }
  }

  /** A creation that waits for a failing sink when its deletion is reported. */
  private static SimulatedActivity overtaken(TestBed bed, boolean really) throws Exception {
    Path inTheWay = bed.downloads().resolve("2026");
    Files.createDirectories(bed.downloads());
    Files.writeString(inTheWay, "no folder");
    SimulatedActivity run = bed.strava().upload(SimulatedActivity.run(ATHLETE).build());
    await().until(() -> states(bed, run.id()).equals(List.of("pending")));
    await().until(() -> lastReason(bed, run.id()).contains("is not a folder"));
    bed.strava().clearRequests();
    if (really) {
      bed.strava().delete(run.id());
    } else {
      bed.strava().deliver(WebhookEvent.deleted(run.id(), ATHLETE, bed.strava().now()));
    }
    await().until(() -> states(bed, run.id()).size() == 2);
    Files.delete(inTheWay);
    long create =
        bed.service()
            .ledger()
            .read()
            .sql("select min(id) from event where object_id = ?")
            .param(Long.toString(run.id()))
            .query(Long.class)
            .single();
    bed.service().inbox().outcomes().replay(List.of(create));
    await().until(() -> !states(bed, run.id()).contains("pending"));
    return run;
  }

  @Test
  void aForgedDeletionThatOvertakesTheCreationChangesNothing() throws Exception {
    try (TestBed bed = ready("purge")) {
      long id = overtaken(bed, false).id();

      assertThat(states(bed, id)).containsExactly("done", "skipped");
      assertThat(lastReason(bed, id)).startsWith("not confirmed");
      assertThat(bed.files()).containsExactly("2026/11/" + id + ".fit");
    }
  }

  @Test
  void aTrueDeletionThatOvertakesTheCreationIsConfirmedByOneRequestForBoth() throws Exception {
    try (TestBed bed = ready("purge")) {
      long id = overtaken(bed, true).id();

      assertThat(states(bed, id)).containsExactly("skipped", "skipped");
      assertThat(bed.strava().count("GET", "/api/v3/activities/*")).isOne();
      assertThat(bed.files()).isEmpty();
      bed.strava().deliver(WebhookEvent.created(id, ATHLETE, bed.strava().now().minusSeconds(60)));
      await().until(() -> states(bed, id).equals(List.of("skipped", "skipped", "skipped")));
      assertThat(bed.strava().count("GET", "/api/v3/activities/*")).isOne();
    }
  }

  @Test
  void whatWasNotDeliveredCostsNoRequest() {
    try (TestBed bed = ready("purge")) {
      long id = 987654321;

      bed.strava().deliver(WebhookEvent.deleted(id, ATHLETE, bed.strava().now()));

      await().until(() -> states(bed, id), list -> list.equals(List.of("skipped")));
      assertThat(bed.strava().count("GET", "/api/v3/activities/*")).isZero();
    }
  }

  @Test
  void manyDeletionsWaitForAPerson() throws Exception {
    TestBed prepared = TestBed.prepare(folder).connect().set("removal.brake", "2");
    prepared
        .set("strava.session-cookie", prepared.strava().sessionCookie(ATHLETE))
        .set("on-delete", "purge")
        .start()
        .subscribe();
    try (TestBed bed = prepared) {
      await().until(() -> !bed.service().athletes().all().isEmpty());
      List<Long> ids = new ArrayList<>();
      for (int number = 0; number < 3; number++) {
        ids.add(deliver(bed).id());
      }

      for (long id : ids) {
        bed.strava().delete(id);
      }

      await()
          .untilAsserted(
              () ->
                  assertThat(ids.stream().map(id -> lastReason(bed, id)).toList())
                      .anySatisfy(reason -> assertThat(reason).contains("./fitroute replay")));
      await().until(() -> bed.files().size() == 1);
      long waiting =
          bed.service()
              .ledger()
              .read()
              .sql("select id from event where reason like '%./fitroute replay%'")
              .query(Long.class)
              .single();
      bed.service().inbox().outcomes().replay(List.of(waiting));
      await().until(() -> bed.files().isEmpty());
    }
  }

  @Test
  void aWithdrawnPermissionErasesTheTokensOnceStravaRefusesThem() {
    try (TestBed bed = ready("keep")) {
      deliver(bed);

      bed.strava().deliver(WebhookEvent.deauthorized(ATHLETE, bed.strava().now()));
      await().until(() -> states(bed, ATHLETE), list -> list.equals(List.of("skipped")));
      assertThat(lastReason(bed, ATHLETE)).startsWith("not confirmed");
      assertThat(bed.service().athletes().all()).hasSize(1);
      // ten minutes later
      bed.service().ledger().write(jdbc -> jdbc.sql("delete from pause").update());

      bed.strava().revoke(ATHLETE);
      bed.strava().deliver(WebhookEvent.deauthorized(ATHLETE, bed.strava().now().plusSeconds(1)));
      await().until(() -> bed.service().athletes().all().isEmpty());
      long id = bed.strava().uploadSilently(SimulatedActivity.run(ATHLETE).build()).id();
      bed.strava().deliver(WebhookEvent.created(id, ATHLETE, bed.strava().now()));
      await().until(() -> states(bed, id), list -> list.equals(List.of("skipped")));
      assertThat(lastReason(bed, id)).contains("is not connected");
    }
  }
}
