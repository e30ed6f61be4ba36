package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.history.Batch;
import io.fitroute.monitoring.HealthMonitor;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Early warnings, where they are shown, and what is sent to {@code notify.url}. */
class NotifyIT {

  @TempDir Path folder;
  private Listener listener;
  private TestBed bed;

  @BeforeEach
  void prepare() throws Exception {
    listener = new Listener();
    bed =
        TestBed.prepare(folder)
            .connect()
            .set("notify.url", listener.url())
            .set("retry.failing", "20ms,20ms,20ms")
            .set("retry.sink-down", "20ms,20ms,20ms,20ms,20ms");
  }

  @AfterEach
  void close() {
    bed.close();
    listener.close();
  }

  private void start() {
    bed.strava().subscribe("https://runs.example.org/webhook");
    bed.start();
    await().until(() -> !bed.service().athletes().all().isEmpty());
  }

  private long run() throws Exception {
    long id = bed.strava().uploadSilently(SimulatedActivity.run(TestBed.ATHLETE).build()).id();
    bed.post(WebhookBodies.created(id));
    return id;
  }

  private void look() {
    bed.service()
        .context()
        .getRegistry()
        .lookupByNameAndType("healthMonitor", HealthMonitor.class)
        .look();
  }

  private List<String> health() throws Exception {
    return StreamSupport.stream(
            HttpAnswers.json(bed.get("/health")).path("warnings").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private List<String> heard(String kind) {
    return listener.heard().stream()
        .filter(document -> document.path("kind").asText().equals(kind))
        .map(document -> document.path("subject").asText())
        .toList();
  }

  @Test
  void anInactiveApplicationIsToldOnceAndThatItIsMended() throws Exception {
    listener.refuse(500);
    start();
    bed.strava().setApplicationActive(false);
    run();
    run();

    await().until(() -> heard("problem").contains("API application"));

    JsonNode document = listener.heard().get(0);
    assertThat(document.fieldNames())
        .toIterable()
        .containsExactly("kind", "subject", "text", "time");
    assertThat(document.path("text").asText())
        .startsWith("fitroute: Strava says that the API application is inactive");
    assertThat(Instant.parse(document.path("time").asText())).isBeforeOrEqualTo(Instant.now());
    assertThat(listener.requests())
        .hasSize(2)
        .allMatch(one -> one.equals("POST /hook/secret-part?key=another application/json"));
    assertThat(health()).anyMatch(one -> one.contains("API application is inactive"));

    bed.strava().setApplicationActive(true);
    List<Long> waiting =
        bed.service()
            .ledger()
            .read()
            .sql("select id from event where state = 'pending'")
            .query(Long.class)
            .list();
    bed.service().inbox().outcomes().replay(waiting);

    await().until(() -> heard("mended").contains("API application"));
    assertThat(heard("problem")).containsExactly("API application");
    assertThat(health()).noneMatch(one -> one.contains("API application"));
  }

  @Test
  void anAthleteWhoMustReconnectIsToldOnceAcrossRestarts() throws Exception {
    start();
    bed.strava().revoke(TestBed.ATHLETE);
    run();
    await().until(() -> bed.service().athletes().all().get(0).mustReconnect().isPresent());

    look();
    look();
    await().until(() -> heard("problem").contains("athlete 4455667"));
    bed.stop();
    bed.start();
    look();

    assertThat(health())
        .filteredOn(one -> one.contains("reconnect"))
        .containsExactly(
            "1 athlete must reconnect: Strava no longer accepts the refresh token;"
                + " run ./fitroute connect");
    assertThat(heard("problem")).containsExactly("athlete 4455667");
    assertThat(listener.heard().get(0).path("text").asText())
        .isEqualTo(
            "fitroute: athlete 4455667 must reconnect: Strava no longer accepts the refresh"
                + " token; run ./fitroute connect");
  }

  @Test
  void aSinkThatFailsForLongIsToldAndThatItWorksAgain() throws Exception {
    bed.set("notify.sink-after", "1ms");
    Files.writeString(folder.resolve("downloads"), "a file where a folder should be");
    start();
    run();
    SinkWaits.await(bed);

    look();
    await().until(() -> heard("problem").contains("sink file"));
    assertThat(health()).contains("the sink file accepts no files: see ./fitroute status");

    Files.delete(folder.resolve("downloads"));
    run();
    await().until(() -> !bed.files().isEmpty());
    await()
        .untilAsserted(
            () -> {
              look();
              assertThat(heard("mended")).containsExactly("sink file");
            });
    assertThat(health()).noneMatch(one -> one.contains("sink"));
  }

  @Test
  void aSinkThatFailsForAMomentIsNoProblem() throws Exception {
    Files.writeString(folder.resolve("downloads"), "a file where a folder should be");
    start();
    run();
    SinkWaits.await(bed);

    look();

    assertThat(health()).noneMatch(one -> one.contains("sink"));
    assertThat(listener.heard()).isEmpty();
  }

  @Test
  void deliveriesAreToldWhereThatIsWanted() throws Exception {
    bed.set("notify.on", "problem,delivered");
    start();
    long run = run();

    await().until(() -> heard("delivered").contains("activity " + run));

    JsonNode document = listener.heard().get(0);
    assertThat(document.fieldNames())
        .toIterable()
        .containsExactly("kind", "subject", "text", "time", "activity_id", "athlete_id", "files");
    assertThat(document.path("activity_id").asText()).isEqualTo(Long.toString(run));
    assertThat(document.path("athlete_id").asText()).isEqualTo("4455667");
    JsonNode file = document.path("files").path(0);
    assertThat(file.path("sink").asText()).isEqualTo("file");
    assertThat(bed.downloads().resolve(file.path("path").asText())).exists();
    assertThat(file.path("provenance").asText()).isEqualTo("streams");
    assertThat(file.path("size").asLong())
        .isEqualTo(Files.size(bed.downloads().resolve(file.path("path").asText())));
    assertThat(file.path("sha256").asText()).hasSize(64);
  }

  @Test
  void changesAndDeletionsAreToldWhereThatIsWanted() throws Exception {
    bed.set("notify.on", "updated,deleted").set("on-delete", "trash").start();
    bed.subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    long id = bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).build()).id();
    await().until(() -> !bed.files().isEmpty());

    bed.strava().update(id, run -> run.name("Canal"));
    await().until(() -> heard("updated").contains("activity " + id));
    bed.strava().delete(id);
    await().until(() -> heard("deleted").contains("activity " + id));

    assertThat(listener.heard()).hasSize(2);
    assertThat(listener.heard().get(0).path("changes").path("title").asText()).isEqualTo("Canal");
    assertThat(listener.heard().get(1).path("files").get(0).path("sink").asText())
        .isEqualTo("file");
  }

  @Test
  void thePastIsToldOnceAtItsEnd() {
    bed.set("notify.on", "delivered").start();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    for (int i = 0; i < 3; i++) {
      bed.strava()
          .uploadSilently(
              SimulatedActivity.run(TestBed.ATHLETE)
                  .start(Instant.parse("2026-10-01T08:00:00Z").plusSeconds(9000L * i))
                  .build());
    }

    Batch.begin(
        bed.service().ledger(),
        Long.toString(TestBed.ATHLETE),
        new Batch.Options(0, 0, List.of(), 0, 200, true, false),
        Instant.now());

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> heard("batch").contains("backfill of athlete " + TestBed.ATHLETE));
    assertThat(listener.heard()).hasSize(1);
    assertThat(listener.heard().get(0).path("text").asText())
        .isEqualTo("fitroute: 3 past activities delivered, 0 skipped, 0 failed");
  }

  @Test
  void problemsAreNotToldWhereOnlyDeliveriesAreWantedNorDeliveriesWithoutAnAddress()
      throws Exception {
    bed.set("notify.on", "delivered");
    start();
    bed.strava().setApplicationActive(false);
    run();
    await().until(() -> health().stream().anyMatch(one -> one.contains("inactive")));
    bed.stop();
    bed.strava().setApplicationActive(true);
    bed.set("notify.url", "").start();
    run();
    await().until(() -> !bed.files().isEmpty());

    assertThat(listener.heard()).isEmpty();
    assertThat(
            bed.service()
                .ledger()
                .read()
                .sql("select count(*) from event where object_type = 'announcement'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  /** As documented in docs/operating.md. */
  @Test
  void aStepOfTheUsersOwnMakesAnotherDocument() throws Exception {
    Path home = folder.resolve("home");
    try (Stream<Path> files = Files.walk(TestBed.home().resolve("routes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = home.resolve(TestBed.home().relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Files.copy(
        TestBed.home().resolve("application.properties"), home.resolve("application.properties"));
    Path notify = home.resolve("routes/notify.camel.yaml");
    String step =
        Files.readString(Path.of("docs/operating.md"))
            .replaceAll("(?s).*```yaml\n(.*?)```.*", "$1");
    String address = "            method: address\n";
    String route = Files.readString(notify);
    assertThat(route).contains(address);
    Files.writeString(notify, route.replace(address, address + step));
    bed.setHome(home).set("notify.on", "delivered");
    start();

    long run = run();

    await().until(() -> !listener.bodies().isEmpty());
    assertThat(listener.bodies().get(0)).startsWith("fitroute: activity " + run + " is at file:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1m|has ended",
        "23h|ends within a day",
        "50h|ends within 3 days",
        "150h|ends within 7 days",
        "180h|"
      })
  void theEndOfASessionIsNoticedInSteps(String left, String words) {
    Duration time = Duration.parse("PT" + left.toUpperCase(java.util.Locale.ROOT));

    assertThat(HealthMonitor.remaining(time)).isEqualTo(java.util.Optional.ofNullable(words));
  }

  @Test
  void aSessionThatEndsSoonIsSeenInHealthAndToldAndANewOneMendsIt() throws Exception {
    Instant end = Instant.now().plus(Duration.ofHours(50));
    bed.set("strava.session-cookie", remembered(end));
    start();
    look();

    await().until(() -> heard("problem").contains("session credential"));
    assertThat(health()).contains("the session credential ends within 3 days");
    assertThat(listener.heard().get(0).path("text").asText())
        .contains("ends within 3 days", "copy the cookies into STRAVA_SESSION_COOKIE again")
        .doesNotContain("abc.");

    bed.stop();
    bed.set("strava.session-cookie", remembered(end.plus(Duration.ofDays(30)))).start();
    look();
    await().until(() -> heard("mended").contains("session credential"));
    assertThat(health()).noneMatch(one -> one.contains("credential"));
  }

  private static String remembered(Instant end) {
    String claims = "{\"sub\":4455667,\"exp\":" + end.getEpochSecond() + "}";
    return "strava_remember_id=4455667; strava_remember_token=abc."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".signature";
  }

  /** Waits until an event waits for a sink. */
  private static final class SinkWaits {

    static void await(TestBed bed) {
      org.awaitility.Awaitility.await()
          .until(
              () ->
                  bed.service()
                          .ledger()
                          .read()
                          .sql("select count(*) from sink_trouble")
                          .query(Integer.class)
                          .single()
                      == 1);
    }
  }
}
