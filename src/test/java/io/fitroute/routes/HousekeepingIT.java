package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventState;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Periodic tasks, with the shipped routes at a faster pace. */
class HousekeepingIT {

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void start() throws IOException {
    Path home = TestBed.copyHome(folder.resolve("home"));
    Path routes = home.resolve("routes/housekeeping.camel.yaml");
    Files.writeString(
        routes,
        Files.readString(routes)
            .replaceAll("delay: \\d+[sm]", "delay: 10ms")
            .replaceAll("period: \\d+h", "period: 100ms"));
    pipeline = new Pipeline(TestBed.prepare(folder.resolve("bed")).setHome(home));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN)).start();
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  private Ledger ledger() {
    return pipeline.bed().service().ledger();
  }

  private void age(String sql, Duration age, SimulatedActivity run) {
    long then = Instant.now().minus(age).toEpochMilli();
    ledger().write(jdbc -> jdbc.sql(sql).params(then, Long.toString(run.id())).update());
  }

  private List<String> found(String sql) {
    return ledger().read().sql(sql).query(String.class).list();
  }

  private SimulatedActivity delivered() {
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
    return run;
  }

  @Test
  void eventsThatEndedLongAgoAreForgottenWithTheirStories() {
    SimulatedActivity old = delivered();
    SimulatedActivity recent = delivered();

    age("update event set settled_at = ? where object_id = ?", Duration.ofDays(4000), old);

    await().until(() -> pipeline.events(old.id()).isEmpty());
    assertThat(found("select distinct event_id from event_log"))
        .containsExactly(Long.toString(pipeline.end(recent.id()).id()));
    assertThat(pipeline.bed().service().deliveries().of(Long.toString(old.id())))
        .as("what was delivered stays known")
        .hasSize(1);
  }

  @Test
  void eventsThatWereIgnoredUnaskedAreForgottenTheNextDay() {
    SimulatedActivity ride = pipeline.upload(SimulatedActivity.run(ANN).sportType("Ride"));
    assertThat(pipeline.end(ride.id()).state()).isEqualTo(EventState.SKIPPED);
    SimulatedActivity another = SimulatedActivity.run(ANN).id(17).build();
    pipeline.strava().deliver(WebhookEvent.created(another.id(), 999, Pipeline.eventTime()));
    assertThat(pipeline.end(another.id()).reason()).isEqualTo("athlete 999 is not connected");

    age("update event set settled_at = ? where object_id = ?", Duration.ofHours(25), ride);
    age("update event set settled_at = ? where object_id = ?", Duration.ofHours(25), another);

    await().until(() -> pipeline.events(another.id()).isEmpty());
    assertThat(pipeline.end(ride.id()).reason()).contains("Ride is not wanted");
  }

  @Test
  void detailsThatWereReadLongAgoAreErased() {
    SimulatedActivity old = delivered();
    SimulatedActivity recent = delivered();

    age("update activity set read_at = ? where id = ?", Duration.ofDays(4000), old);

    await()
        .untilAsserted(
            () ->
                assertThat(found("select id from activity where details is null"))
                    .containsExactly(Long.toString(old.id())));
    assertThat(found("select id from activity where details is not null"))
        .containsExactly(Long.toString(recent.id()));
  }

  @Test
  void exportsForWhichNobodyCameAreForgotten() throws Exception {
    Path old = kept(17, Duration.ofDays(31));
    Path recent = kept(18, Duration.ofDays(29));

    await()
        .untilAsserted(
            () -> assertThat(found("select activity_id from kept_export")).containsExactly("18"));

    assertThat(old).doesNotExist();
    assertThat(recent).exists();
  }

  private Path kept(long activity, Duration age) throws IOException {
    Path file = folder.resolve("bed/data/exports/kept-" + activity + ".fit");
    Files.writeString(file, "an export");
    ledger()
        .write(
            jdbc ->
                jdbc.sql("insert into kept_export values (?, 'original', 'x.fit', 9, 'x', ?)")
                    .params(Long.toString(activity), Instant.now().minus(age).toEpochMilli())
                    .update());
    return file;
  }

  @Test
  void temporaryFilesOfTheDeadAreRemovedAndWhatIsBeingWrittenIsNot() throws Exception {
    Path old = temporary("downloads/2026/.fitroute-1-2", Duration.ofDays(2));
    Path part = temporary("data/exports/17-original.part", Duration.ofDays(2));
    Path recent = temporary("downloads/2026/.fitroute-1-3", Duration.ofHours(23));
    Path stranger = temporary("downloads/2026/old.fit", Duration.ofDays(4000));

    await().until(() -> !Files.exists(old) && !Files.exists(part));

    assertThat(recent).exists();
    assertThat(stranger).exists();
  }

  private Path temporary(String path, Duration age) throws IOException {
    Path file = folder.resolve("bed").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "half a file");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }
}
