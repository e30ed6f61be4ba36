package io.fitroute.runtime;

import static io.fitroute.runtime.HttpAnswers.assertJson;
import static io.fitroute.runtime.HttpAnswers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventState;
import io.fitroute.ledger.Database;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Responses while PostgreSQL is down or unresponsive, and the continuation of work afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTroubleIT {

  /** Strava's time-out. */
  private static final Duration PATIENCE_OF_STRAVA = Duration.ofSeconds(2);

  private static final Duration RECOVERY = Duration.ofSeconds(20);

  private TestBed bed;
  private Cable cable;
  private long number = 18_500_000_000L;

  @BeforeAll
  void start(@TempDir Path folder) {
    String url = Database.POSTGRESQL.url(folder);
    int port = URI.create(url.substring("jdbc:".length())).getPort();
    cable = new Cable(port);
    bed =
        TestBed.prepare(folder)
            .set("database.url", url.replace(":" + port + "/", ":" + cable.port() + "/"))
            .start();
  }

  @AfterAll
  void stop() {
    bed.close();
    cable.close();
  }

  @Test
  @Timeout(60)
  void whileItIsAwayEventsAreRefusedInTimeAndTakenAfterwards() throws Exception {
    assertTaken(++number);
    cable.cut();
    long refused = ++number;
    assertRefusedInTime(refused);
    assertRefusedInTime(++number);
    assertThat(bed.get("/health").statusCode()).isEqualTo(503);

    cable.mend();

    assertHealthyAgain();
    assertTaken(refused);
  }

  @Test
  @Timeout(60)
  void whileItSaysNothingEventsAreRefusedInTimeAndTakenAfterwards() throws Exception {
    assertTaken(++number);
    cable.hold();
    long refused = ++number;
    assertRefusedInTime(refused);
    assertRefusedInTime(++number);

    cable.mend();

    assertHealthyAgain();
    assertTaken(refused);
  }

  private void assertRefusedInTime(long activityId) throws Exception {
    Instant begin = Instant.now();
    HttpResponse<String> answer = bed.post(WebhookBodies.created(activityId));

    assertThat(Duration.between(begin, Instant.now())).isLessThan(PATIENCE_OF_STRAVA);
    assertThat(assertProblem(answer, 503))
        .isEqualTo("the event could not be stored; please send it again");
  }

  private void assertHealthyAgain() {
    await()
        .atMost(RECOVERY)
        .untilAsserted(() -> assertThat(bed.get("/health").statusCode()).isEqualTo(200));
    await().atMost(RECOVERY).until(bed.service().ledger()::isListening);
  }

  /** The event is stored and tried; its owner is unknown, so it waits. */
  private void assertTaken(long activityId) throws Exception {
    assertJson(bed.post(WebhookBodies.created(activityId)), 200, "{\"status\":\"received\"}");
    await().atMost(RECOVERY).until(() -> isWorkedOn(activityId));
  }

  private boolean isWorkedOn(long activityId) {
    return bed.service()
            .ledger()
            .read()
            .sql("select count(*) from event where object_id = ? and (reason <> '' or state <> ?)")
            .params(Long.toString(activityId), EventState.PENDING.word())
            .query(Integer.class)
            .single()
        == 1;
  }
}
