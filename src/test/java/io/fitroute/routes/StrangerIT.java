package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.RateLimit;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events from a stranger who knows the webhook's address and the subscription. */
class StrangerIT {

  private static final long BOB = 5566778;

  /** An activity that does not exist, or not yet. */
  private static final long NEXT = 17_999_000_111L;

  private static final String HARMLESS = "not confirmed: Strava still shows the activity";

  @TempDir Path folder;

  private Pipeline prepared() {
    Pipeline pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    return pipeline
        .set("strava.session-cookie", pipeline.strava().sessionCookie(ANN))
        .set("on-delete", "purge")
        .set("fit.file-name", "${variable.title}.fit");
  }

  private static long delivered(Pipeline pipeline, String title) {
    long id = pipeline.upload(SimulatedActivity.run(ANN).name(title)).id();
    assertThat(pipeline.end(id).state()).isEqualTo(EventState.DONE);
    return id;
  }

  private static void pretendDeletion(Pipeline pipeline, long id, long owner) {
    pipeline.strava().deliver(WebhookEvent.deleted(id, owner, Pipeline.eventTime()));
  }

  @Test
  void forgedDeletionsHoldUpNeitherATrueOneNorANewTitle() throws Exception {
    try (Pipeline pipeline = prepared().set("removal.brake", "2").start()) {
      List<Long> ids = new ArrayList<>();
      for (String title : List.of("a", "b", "c", "d", "e")) {
        ids.add(delivered(pipeline, title));
      }
      List<Long> told = ids.subList(0, 4);

      told.forEach(id -> pretendDeletion(pipeline, id, ANN));
      told.forEach(id -> assertThat(pipeline.end(id, 2).reason()).startsWith(HARMLESS));
      pipeline.strava().delete(ids.get(4));
      pipeline.strava().update(ids.get(0), activity -> activity.name("new"));

      assertThat(pipeline.end(ids.get(4), 2).state()).isEqualTo(EventState.DONE);
      pipeline.end(ids.get(0), 3);
      assertThat(pipeline.bed().files()).containsExactly("b.fit", "c.fit", "d.fit", "new.fit");
    }
  }

  @Test
  void aDeletionInTheNameOfAnotherAthleteIsNotBelieved() throws Exception {
    try (Pipeline pipeline = prepared().start()) {
      long id = delivered(pipeline, "a");
      pipeline.connect(BOB);

      pretendDeletion(pipeline, id, BOB);

      assertThat(pipeline.end(id, 2).reason())
          .isEqualTo("not believed: the activity belongs to another athlete");
      assertThat(pipeline.bed().files()).containsExactly("a.fit");
    }
  }

  @Test
  void whatAnotherAthleteIsSaidToHaveDeletedIsFetchedAllTheSame() throws Exception {
    try (Pipeline pipeline = prepared().set("retry.not-ready", "1h").start()) {
      pipeline.connect(BOB);
      pipeline.strava().deliver(WebhookEvent.created(NEXT, BOB, Pipeline.eventTime()));
      pipeline.waiting(NEXT);
      pretendDeletion(pipeline, NEXT, BOB);
      assertThat(pipeline.end(NEXT, 1).reason()).contains("deleted at Strava", "(confirmed)");

      pipeline.strava().uploadSilently(SimulatedActivity.run(ANN).name("a").id(NEXT).build());
      pipeline.request(NEXT);

      assertThat(pipeline.end(NEXT, 3).state()).isEqualTo(EventState.DONE);
    }
  }

  @Test
  void anActivityThatWasNotDeliveredIsGoneOnlyOnceStravaSaysSo() {
    try (Pipeline pipeline = prepared().start()) {
      long manual = pipeline.upload(SimulatedActivity.manualRun(ANN)).id();
      pipeline.end(manual);

      pretendDeletion(pipeline, manual, ANN);
      assertThat(pipeline.end(manual, 2).reason()).startsWith(HARMLESS);
      assertThat(shown(pipeline)).containsExactly(Long.toString(manual));

      pipeline.strava().delete(manual);
      assertThat(pipeline.end(manual, 3).reason()).contains("deleted at Strava (confirmed)");
      assertThat(shown(pipeline)).isEmpty();
    }
  }

  private static List<String> shown(Pipeline pipeline) {
    return pipeline
        .bed()
        .service()
        .ledger()
        .read()
        .sql("select id from runs")
        .query(String.class)
        .list();
  }

  @Test
  void aForgedTitleRenamesNothing() throws Exception {
    try (Pipeline pipeline = prepared().start()) {
      long id = delivered(pipeline, "a");
      pipeline.strava().clearRequests();

      pipeline.update(id, Map.of("title", "made up"));

      assertThat(pipeline.end(id, 2).reason()).isEqualTo("already delivered: file:a.fit");
      assertThat(pipeline.bed().files()).containsExactly("a.fit");
      assertThat(pipeline.detailsRequests(id)).isOne();
      pipeline.update(id, Map.of("type", "Ride", "private", "true"));
      assertThat(pipeline.end(id, 3).reason()).isEqualTo("already delivered: file:a.fit");
      assertThat(known(pipeline)).containsEntry("name", "a").containsEntry("private", 0);
    }
  }

  private static Map<String, Object> known(Pipeline pipeline) {
    return pipeline
        .bed()
        .service()
        .ledger()
        .read()
        .sql("select name, private from activity")
        .query()
        .singleRow();
  }

  @Test
  void whatAForgedEventHasDelayedIsTriedAtOnceWhenTheTrueOneComes() {
    try (Pipeline pipeline = prepared().set("retry.not-ready", "1h").start()) {
      pipeline.create(NEXT);
      pipeline.waiting(NEXT);

      pipeline.strava().upload(SimulatedActivity.run(ANN).id(NEXT).build());

      assertThat(pipeline.end(NEXT, 1).state()).isEqualTo(EventState.DONE);
      assertThat(pipeline.end(NEXT, 2).reason()).startsWith("already delivered");
    }
  }

  @Test
  void forgedEventsDriveNoSchedule() {
    try (Pipeline pipeline = prepared().set("retry.not-ready", "1h,1h").start()) {
      pipeline.create(NEXT);
      pipeline.waiting(NEXT);
      pipeline.create(NEXT);
      await().until(() -> pipeline.detailsRequests(NEXT) == 2);

      for (int number = 0; number < 10; number++) {
        pipeline.create(NEXT);
      }
      await().until(() -> pipeline.events(NEXT).size() == 12);

      EventRecord first = pipeline.waiting(NEXT);
      assertThat(first.notReady()).isOne();
      assertThat(first.due().orElseThrow()).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
      assertThat(pipeline.detailsRequests(NEXT)).isEqualTo(2);
    }
  }

  @Test
  void sixtyForgedWithdrawalsOfThePermissionCostOneRequestAndHideNoTrueOne() {
    try (Pipeline pipeline = prepared().start()) {
      pipeline.strava().clearRequests();
      pipeline
          .strava()
          .deliver(
              LongStream.range(0, 60)
                  .mapToObj(number -> WebhookEvent.deauthorized(ANN, Pipeline.eventTime()))
                  .toList());
      await().until(() -> pipeline.events(ANN).size() == 60);
      pipeline
          .strava()
          .deliver(new WebhookEvent("athlete", BOB, "delete", Map.of(), ANN, Pipeline.eventTime()));
      assertThat(pipeline.end(BOB).reason()).isEqualTo("the event does not concern the connection");
      pretendWithdrawal(pipeline);
      EventRecord waiting =
          pipeline.event(
              ANN, 61, last -> last.isSettled() || last.isWaiting() || last.due().isEmpty());

      assertThat(waiting.isSettled()).as("told after Strava was asked").isFalse();
      assertThat(pipeline.strava().count("GET", "/api/v3/athlete")).isOne();
      assertThat(pipeline.bed().service().athletes().all()).hasSize(1);

      pipeline.strava().revoke(ANN);
      tenMinutesPass(pipeline);

      await().until(() -> pipeline.bed().service().athletes().all().isEmpty());
      pipeline.idle();
    }
  }

  private static void pretendWithdrawal(Pipeline pipeline) {
    pipeline.strava().deliver(WebhookEvent.deauthorized(ANN, Pipeline.eventTime()));
  }

  private static void tenMinutesPass(Pipeline pipeline) {
    pipeline.bed().service().ledger().write(jdbc -> jdbc.sql("delete from pause").update());
    await()
        .until(
            () -> {
              List<Long> waiting =
                  pipeline.events(ANN).stream()
                      .filter(EventRecord::isWaiting)
                      .map(EventRecord::id)
                      .toList();
              pipeline.bed().service().inbox().outcomes().replay(waiting);
              return pipeline.events(ANN).stream().allMatch(EventRecord::isSettled);
            });
  }

  @Test
  void activitiesThatAreMadeUpMayTakeAFifthOfTheDaysReadsAndKnownOnesGoOn() throws Exception {
    RateLimit limit = new RateLimit(1000, 30);
    FakeStravaOptions options =
        FakeStravaOptions.builder().overallLimit(limit).readLimit(limit).build();
    Pipeline limited = new Pipeline(TestBed.prepare(folder, options));
    limited.bed().connect();
    limited
        .set("strava.session-cookie", limited.strava().sessionCookie(ANN))
        .set("fit.file-name", "${variable.title}.fit")
        .set("retry.not-ready", "1h")
        .set("inbox.workers", "1");
    try (Pipeline pipeline = limited.start()) {
      long known = delivered(pipeline, "a");
      pipeline.strava().clearRequests();

      LongStream.range(0, 10).forEach(number -> pipeline.create(NEXT + number));
      List<EventRecord> waiting =
          LongStream.range(0, 10).mapToObj(number -> pipeline.waiting(NEXT + number)).toList();
      pipeline.strava().update(known, activity -> activity.name("new"));
      EventRecord unseen = pipeline.waiting(pipeline.upload(SimulatedActivity.run(ANN)).id());

      assertThat(pipeline.strava().count("GET", "/api/v3/activities/17999*")).isEqualTo(6);
      Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
      String reason =
          "the share of the API budget for unknown activities is used up until " + midnight;
      assertThat(waiting.stream().filter(one -> one.reason().equals(reason))).hasSize(4);
      assertThat(unseen.reason()).isEqualTo(reason);
      assertThat(unseen.due()).hasValue(midnight);
      pipeline.end(known, 2);
      assertThat(pipeline.bed().files()).containsExactly("new.fit");
    }
  }

  @Test
  void ofEventsOfUnknownAthletesSoManyAreStored() throws Exception {
    try (Pipeline pipeline = prepared().set("webhook.unknown-owners", "3").start()) {
      for (int number = 0; number < 5; number++) {
        HttpResponse<String> answer = pretend(pipeline, number);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"received\"}");
      }
      assertThat(owners(pipeline)).isEqualTo(Map.of("999", 3L));
      delivered(pipeline, "a");

      assertThat(pipeline.bed().get("/connect").statusCode()).isEqualTo(302);
      HttpResponse<String> answer = pretend(pipeline, 6);

      assertThat(answer.statusCode()).as("somebody is on the way").isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(owners(pipeline)).containsEntry("999", 3L);
    }
  }

  private static HttpResponse<String> pretend(Pipeline pipeline, long number) throws Exception {
    long subscription = pipeline.strava().subscription().orElseThrow().id();
    return pipeline
        .bed()
        .post(WebhookEvent.created(NEXT + number, 999, Instant.now()).body(subscription));
  }

  private static Map<String, Long> owners(Pipeline pipeline) {
    return pipeline
        .bed()
        .service()
        .ledger()
        .read()
        .sql("select owner_id from event")
        .query(String.class)
        .list()
        .stream()
        .collect(Collectors.groupingBy(owner -> owner, Collectors.counting()));
  }
}
