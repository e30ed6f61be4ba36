package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Database;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedWorkout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The complete path of a workout from Hevy to Intervals.icu. */
class HevyIT {

  private static final Instant START = Instant.parse("2026-11-20T17:05:00Z");
  private static final String BULK = "/api/v1/athlete/*/activities/manual/bulk";

  @TempDir Path folder;

  private final SimulatedWorkout push = SimulatedWorkout.push(START);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWorkoutBecomesOneActivityHoweverOftenItIsTold(boolean upserting) {
    try (HevyBed bed = HevyBed.ready(folder)) {
      bed.intervals().upsert(upserting);
      bed.hevy().logSilently(push);

      List<CompletableFuture<Integer>> told =
          IntStream.range(0, 10).mapToObj(one -> bed.hevy().tell(push.id())).toList();

      assertThat(told.stream().map(CompletableFuture::join)).containsOnly(200);
      JsonNode activity = bed.activity(push.id(), found -> true);
      assertThat(activity.path("name").asText()).isEqualTo("Push day");
      assertThat(activity.path("start_date_local").asText()).isEqualTo("2026-11-20T18:05:00");
      assertThat(activity.path("kg_lifted").asDouble()).isEqualTo(200 + 480 + 375);
      bed.ends(push.id(), 1);
      assertThat(bed.hevy().tell(push.id()).join()).isEqualTo(200);
      assertThat(bed.ends(push.id(), 1))
          .anyMatch(event -> event.startsWith("create done: created"));
      assertThat(bed.intervals().activities()).hasSize(1);
      assertThat(bed.intervals().count("POST", BULK)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.fitroute.ledger.Database#all")
  void editsAndDeletionsFollowByTheFeed(Database database) {
    try (HevyBed bed =
        HevyBed.prepare(folder)
            .set("database.url", database.url(folder))
            .set("hevy.reconcile-every", "200ms")
            .start()) {
      bed.hevy().log(push).join();
      bed.activity(push.id(), activity -> true);

      bed.hevy().edit(push.with("title", "Push day, really"));
      bed.activity(push.id(), activity -> activity.path("name").asText().endsWith("really"));
      bed.hevy().edit(push.with("title", "Another day").with("start_time", "2026-10-01T08:00:00Z"));
      bed.activity(
          push.id(),
          activity -> activity.path("start_date_local").asText().startsWith("2026-10-01"));
      assertThat(bed.intervals().activities()).hasSize(1);

      bed.hevy().delete(push.id());
      await().until(() -> bed.intervals().activities().isEmpty());
      assertThat(bed.ends(push.id(), 4))
          .anyMatch(event -> event.startsWith("update done: updated as"))
          .last()
          .asString()
          .startsWith("delete done: deleted, confirmed by Hevy");
    }
  }

  @Test
  void withoutAWebhookTheFeedTellsOfNewWorkoutsOnAllItsPages() {
    try (HevyBed bed = HevyBed.prepare(folder).set("hevy.reconcile-every", "500ms")) {
      List<SimulatedWorkout> all =
          IntStream.range(0, 23)
              .mapToObj(day -> SimulatedWorkout.push(START.minus(Duration.ofDays(day))))
              .toList();
      all.forEach(bed.hevy()::logSilently);
      bed.intervals().limit(false);
      bed.bed().start();

      await().atMost(Duration.ofSeconds(30)).until(() -> bed.intervals().activities().size() == 23);
      await().until(() -> bed.hevy().count("GET", "/v1/workouts/events") >= 6);
      assertThat(
              bed.hevy().requests().stream()
                  .filter(one -> one.path().startsWith("/v1/workouts/"))
                  .filter(one -> !one.path().endsWith("events")))
          .hasSize(23);
    }
  }

  @Test
  void whatOthersMadeOrDeletedIsLeftAlone() {
    try (HevyBed bed = HevyBed.prepare(folder).set("hevy.reconcile-every", "200ms").start()) {
      String foreign =
          bed.intervals()
              .add(
                  new ObjectMapper()
                      .createObjectNode()
                      .put("type", "WeightTraining")
                      .put("name", "mine")
                      .put("start_date_local", "2026-11-20T18:05:00"),
                  new byte[0]);
      bed.hevy().logSilently(push);
      bed.hevy().tell(push.id()).join();
      JsonNode made = bed.activity(push.id(), activity -> true);
      bed.intervals().remove(made.path("id").asText());
      bed.hevy().delete(push.id());

      assertThat(bed.ends(push.id(), 2)).last().asString().contains("deleted");
      assertThat(bed.intervals().activities())
          .extracting(activity -> activity.path("id").asText())
          .containsExactly(foreign);
    }
  }

  @Test
  void anActivityThatIsNoLongerTheWorkoutsStays() {
    try (HevyBed bed = HevyBed.prepare(folder).set("hevy.reconcile-every", "200ms").start()) {
      bed.hevy().log(push).join();
      String id = bed.activity(push.id(), activity -> true).path("id").asText();
      bed.ends(push.id(), 1);
      bed.intervals().edit(id, new ObjectMapper().createObjectNode().put("external_id", "mine"));

      bed.hevy().delete(push.id());

      assertThat(bed.ends(push.id(), 2)).last().asString().startsWith("delete ");
      await().until(() -> bed.events(push.id()).toString().contains("delete done"));
      assertThat(bed.intervals().activities()).hasSize(1);
    }
  }

  @Test
  void aDeletionThatHevyDoesNotConfirmDeletesNothing() {
    try (HevyBed bed = HevyBed.ready(folder)) {
      bed.hevy().log(push).join();
      bed.activity(push.id(), activity -> true);
      bed.ends(push.id(), 1);

      bed.bed()
          .service()
          .inbox()
          .accept(
              new NewEvent(
                  "hevy",
                  Priority.LIVE,
                  0,
                  "workout",
                  push.id(),
                  "delete",
                  "hevy",
                  Instant.now(),
                  new TreeMap<>()))
          .join();

      assertThat(bed.ends(push.id(), 2))
          .contains("delete skipped: Hevy still has the workout; nothing is deleted");
      assertThat(bed.intervals().activities()).hasSize(1);
    }
  }

  @Test
  void anActivityThatIsGoneIsMadeAnewOnceTheWorkoutChanges() {
    try (HevyBed bed = HevyBed.prepare(folder).set("hevy.reconcile-every", "200ms").start()) {
      bed.hevy().log(push).join();
      JsonNode made = bed.activity(push.id(), activity -> true);
      bed.ends(push.id(), 1);
      bed.intervals().remove(made.path("id").asText());

      bed.hevy().edit(push.with("title", "Changed"));

      bed.activity(push.id(), activity -> activity.path("name").asText().equals("Changed"));
    }
  }

  @Test
  void anActivityThatAnAttemptMadeBeforeItDiedIsFound() {
    try (HevyBed bed = HevyBed.ready(folder)) {
      bed.intervals().upsert(false);
      bed.intervals().arm(FaultRule.on(BULK, new Fault.CutBody(3)).onlyTimes(1));

      bed.hevy().log(push).join();

      assertThat(bed.ends(push.id(), 1)).last().asString().startsWith("create done: updated as i");
      assertThat(bed.intervals().activities()).hasSize(1);
    }
  }

  @Test
  void ofTwoThatWereCreatedAtTheSameTimeOneStays() {
    try (HevyBed bed = HevyBed.ready(folder)) {
      bed.intervals().upsert(false);
      bed.hevy().logSilently(push);
      bed.intervals().arm(FaultRule.on(BULK, new Fault.Delay(Duration.ofMillis(700))).onlyTimes(1));
      bed.hevy().tell(push.id()).join();
      await().until(() -> bed.intervals().count("POST", BULK) == 1);
      String other =
          bed.intervals()
              .add(
                  new ObjectMapper()
                      .createObjectNode()
                      .put("external_id", push.id())
                      .put("type", "WeightTraining")
                      .put("name", "by another process")
                      .put("start_date_local", "2026-11-20T18:05:00"),
                  new byte[0]);

      assertThat(bed.ends(push.id(), 1)).last().asString().contains(other);
      assertThat(bed.intervals().activities())
          .extracting(activity -> activity.path("id").asText())
          .containsExactly(other);
    }
  }

  @Test
  void faultsOfBothServicesAreWaitedOut() {
    try (HevyBed bed = HevyBed.ready(folder)) {
      bed.hevy().arm(FaultRule.on("/v1/workouts/*", Fault.status(502)).onlyTimes(1));
      bed.hevy().arm(FaultRule.on("/v1/workouts/*", Fault.status(404, "{}")).onlyTimes(1));
      bed.hevy().arm(FaultRule.on("/v1/workouts/*", busy()).onlyTimes(1));
      bed.intervals().arm(FaultRule.on("/api/**", new Fault.Drop()).onlyTimes(1));
      bed.intervals().arm(FaultRule.on(BULK, Fault.htmlPage()).onlyTimes(1));
      bed.intervals().arm(FaultRule.on(BULK, busy()).onlyTimes(1));

      bed.hevy().log(push).join();

      bed.activity(push.id(), activity -> true);
      // polling may have found the same workout meanwhile
      assertThat(bed.ends(push.id(), 1)).anyMatch(end -> end.startsWith("create done"));
    }
  }

  private static Fault busy() {
    return new Fault.Answer(429, "text/plain", Map.of("Retry-After", "0"), new byte[0]);
  }

  @Test
  void whatCannotSucceedEndsWithItsReason() {
    try (HevyBed bed = HevyBed.ready(folder)) {
      bed.intervals()
          .arm(BULK, Fault.status(422, "{\"status\":422,\"error\":\"type is not known\"}"));
      bed.hevy().log(push).join();
      String unknown = "0b6f2c1e-7a44-4d0e-9a8e-1d2f3a4b5c6d";
      bed.hevy().tell(unknown).join();

      assertThat(bed.ends(push.id(), 1))
          .containsExactly("create dead: Intervals.icu answered 422: type is not known");
      assertThat(bed.ends(unknown, 1)).last().asString().contains("dead", "Hevy does not have it");
    }
  }

  @Test
  void aKeyThatIsNotAcceptedIsSaidAndNeverShown() throws Exception {
    try (HevyBed bed = HevyBed.prepare(folder).set("intervals.api-key", "wrong-secret").start()) {
      bed.hevy().log(push).join();

      await().until(() -> bed.events(push.id()).toString().contains("check intervals.api-key"));
      assertThat(bed.events(push.id()).toString()).contains("pending").doesNotContain("wrong");
    }
  }
}
