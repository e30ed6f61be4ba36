package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.delivery.Delivery;
import io.fitroute.inbox.EventState;
import io.fitroute.ledger.Database;
import io.fitroute.simulator.ArmedFault;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Attempts that fail after the file is in place and before its delivery is recorded. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecoveryContract {

  private static final String EXPORT = "/activities/*/export_original";

  private final Database database;
  private Pipeline pipeline;

  RecoveryContract(Database database) {
    this.database = database;
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    pipeline = Pipeline.withSession(folder);
    pipeline.set("database.url", database.url(folder)).set("retry.failing", "1h").restart();
  }

  @AfterAll
  void stop() {
    pipeline.close();
  }

  @AfterEach
  void calm() {
    pipeline.strava().disarmFaults();
    pipeline.forgetPauses();
  }

  /** Makes recording a delivery of an activity fail from now on. */
  private void forbidRecords(long activityId) {
    String when = "new.activity_id = '" + activityId + "'";
    execute(
        database == Database.SQLITE
            ? "create trigger no_record before insert on delivery when %s begin select raise(abort, 'injected'); end"
                .formatted(when)
            : """
              create or replace function no_record() returns trigger language plpgsql
              as $$ begin raise exception 'injected'; end $$;
              create trigger no_record before insert on delivery
              for each row when (%s) execute function no_record()"""
                .formatted(when));
  }

  /** Makes an activity's events change owner as soon as they are claimed. */
  private void stealLeases(long activityId) {
    String when =
        "new.lease is not null and old.lease is null and new.object_id = '" + activityId + "'";
    execute(
        database == Database.SQLITE
            ? """
              create trigger no_lease after update on event when %s
              begin update event set lease = 'another' where id = new.id; end"""
                .formatted(when)
            : """
              create function no_lease() returns trigger language plpgsql
              as $$ begin new.lease = 'another'; return new; end $$;
              create trigger no_lease before update on event
              for each row when (%s) execute function no_lease()"""
                .formatted(when));
  }

  private void dropTrigger(String name, String table) {
    execute("drop trigger " + name + (database == Database.SQLITE ? "" : " on " + table));
  }

  /** Repeats the failed attempt, with recording enabled again. */
  private void tryAgain(SimulatedActivity run) {
    dropTrigger("no_record", "delivery");
    long event = pipeline.waiting(run.id()).id();
    assertThat(pipeline.bed().service().inbox().outcomes().replay(List.of(event))).isOne();
  }

  private void execute(String sql) {
    pipeline.bed().service().ledger().write(jdbc -> jdbc.sql(sql).update());
  }

  private List<String> files(long activityId) throws IOException {
    return pipeline.bed().files().stream()
        .filter(path -> path.contains(Long.toString(activityId)))
        .toList();
  }

  private List<Delivery> deliveries(long activityId) {
    return pipeline.bed().service().deliveries().of(Long.toString(activityId));
  }

  private int unfinished() {
    return pipeline
        .bed()
        .service()
        .ledger()
        .read()
        .sql("select count(*) from delivery_intent where unfinished = 1")
        .query(Integer.class)
        .single();
  }

  private SimulatedActivity placedAndNotRecorded() throws IOException {
    SimulatedActivity run = pipeline.strava().uploadSilently(SimulatedActivity.run(ANN).build());
    forbidRecords(run.id());
    pipeline.create(run.id());
    pipeline.waiting(run.id());
    assertThat(files(run.id())).hasSize(1);
    assertThat(deliveries(run.id())).isEmpty();
    return run;
  }

  @Test
  void theFileThatIsThereCountsThoughAnotherOneWouldComeNow() throws Exception {
    SimulatedActivity run = placedAndNotRecorded();
    pipeline.strava().arm(EXPORT, Fault.status(404));
    tryAgain(run);

    EventRecord end = pipeline.end(run.id());

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.reason()).isEqualTo("delivered: file:" + Pipeline.defaultPath(run));
    assertThat(files(run.id())).containsExactly(Pipeline.defaultPath(run));
    assertThat(deliveries(run.id()))
        .singleElement()
        .satisfies(delivery -> assertThat(delivery.provenance()).isEqualTo("original"));
    assertThat(unfinished()).isZero();
  }

  @Test
  void whatWasPutUnderANumberIsFoundAndTheStrangersFileStays() throws Exception {
    SimulatedActivity run = pipeline.strava().uploadSilently(SimulatedActivity.run(ANN).build());
    Path stranger = pipeline.bed().downloads().resolve(Pipeline.defaultPath(run));
    Files.createDirectories(stranger.getParent());
    Files.writeString(stranger, "somebody else's");
    forbidRecords(run.id());
    pipeline.create(run.id());
    pipeline.waiting(run.id());
    ArmedFault gone = pipeline.strava().arm(EXPORT, Fault.status(404));
    tryAgain(run);

    EventRecord end = pipeline.end(run.id());

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(gone.hits()).isZero();
    assertThat(stranger).hasContent("somebody else's");
    assertThat(files(run.id()))
        .containsExactly("2026/11/" + run.id() + "-2.fit", "2026/11/" + run.id() + ".fit");
    assertThat(deliveries(run.id()))
        .extracting(Delivery::path)
        .containsExactly("2026/11/" + run.id() + "-2.fit");
  }

  @Test
  void whatWasRemovedMeanwhileIsFetchedAgain() throws Exception {
    SimulatedActivity run = placedAndNotRecorded();
    pipeline.strava().arm(EXPORT, Fault.status(404));
    Files.delete(pipeline.bed().downloads().resolve(Pipeline.defaultPath(run)));
    tryAgain(run);

    EventRecord end = pipeline.end(run.id());

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.reason()).startsWith("delivered from streams: ");
    assertThat(files(run.id())).containsExactly(Pipeline.defaultPath(run));
    assertThat(unfinished()).isZero();
  }

  @Test
  void aFileOfWhichTheActivityHasAnotherAlreadyIsWithdrawn() throws Exception {
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
    pipeline.end(run.id());
    Path second = pipeline.bed().downloads().resolve("2026/11/" + run.id() + "-2.fit");
    Files.writeString(second, "of a worker that was overtaken");
    String sha256 = io.fitroute.export.ExportedFile.measured(second, "").sha256();
    execute(
        "insert into delivery_intent values ('file', '2026/11/%d-2.fit', '2026/11/%d-2.fit', '%d', 'streams', 1, '%s', '', 1, 1, 1)"
            .formatted(run.id(), run.id(), run.id(), sha256));

    pipeline.create(run.id());
    pipeline.end(run.id(), 2);

    assertThat(files(run.id())).containsExactly(Pipeline.defaultPath(run));
    assertThat(deliveries(run.id()))
        .singleElement()
        .satisfies(delivery -> assertThat(delivery.provenance()).isEqualTo("original"));
    assertThat(unfinished()).isZero();
  }

  @Test
  void whoseLeaseIsGonePutsNothingAnywhere() throws Exception {
    SimulatedActivity run = pipeline.strava().uploadSilently(SimulatedActivity.run(ANN).build());
    stealLeases(run.id());
    try {
      pipeline.create(run.id());
      pipeline.event(run.id(), 1, record -> pipeline.exportRequests(run.id()) > 0);
      pipeline.strava().deliver(WebhookEvent.created(1, ANN, Pipeline.eventTime()));
      pipeline.end(1);
      assertThat(files(run.id())).isEmpty();
      assertThat(unfinished()).isZero();
    } finally {
      dropTrigger("no_lease", "event");
      execute("update event set lease = null where object_id = '" + run.id() + "'");
    }
  }
}
