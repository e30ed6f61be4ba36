package io.fitroute.routes;

import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventState;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import io.fitroute.strava.oauth.TokenGrant;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A service and its fake Strava, with short retry delays and access to the ledger. Events arrive
 * through the webhook.
 */
final class Pipeline implements AutoCloseable {

  static final long ANN = TestBed.ATHLETE;
  private static final AtomicLong SECONDS = new AtomicLong();

  private final TestBed bed;

  Pipeline(TestBed bed) {
    this.bed = bed;
    bed.set("retry.failing", "20ms,20ms,20ms");
    bed.set("retry.not-ready", "20ms,20ms,20ms");
    bed.set("retry.sink-down", "50ms,50ms,50ms,50ms,50ms");
  }

  /** Started and subscribed, with an athlete connected by tokens and a browser session. */
  static Pipeline withSession(Path folder) {
    Pipeline pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed.connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    return pipeline.start();
  }

  /** Started and subscribed, with an athlete connected by tokens only. */
  static Pipeline withTokens(Path folder) {
    Pipeline pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed.connect();
    return pipeline.start();
  }

  Pipeline set(String setting, String value) {
    bed.set(setting, value);
    return this;
  }

  /** Starts the service and waits until the owner of the configured tokens is known. */
  Pipeline start() {
    bed.start();
    bed.subscribe();
    await().until(() -> bed.service().athletes().find(Long.toString(ANN)).isPresent());
    return this;
  }

  Pipeline restart() {
    bed.stop();
    return start();
  }

  TestBed bed() {
    return bed;
  }

  FakeStrava strava() {
    return bed.strava();
  }

  // events

  /** A distinct time for each event, in whole seconds like Strava's. */
  static Instant eventTime() {
    return Instant.now().minusSeconds(10_000).plusSeconds(SECONDS.incrementAndGet());
  }

  /** Uploads silently and then sends the event, so that the test knows when. */
  SimulatedActivity upload(SimulatedActivity.Builder activity) {
    SimulatedActivity stored = strava().uploadSilently(activity.build());
    create(stored.id());
    return stored;
  }

  void create(long activityId) {
    strava().deliver(WebhookEvent.created(activityId, ANN, eventTime()));
  }

  void update(long activityId, Map<String, String> changes) {
    strava().deliver(WebhookEvent.updated(activityId, ANN, changes, eventTime()));
  }

  /** Requests an activity like {@code fitroute download}. */
  void request(long activityId) {
    bed.service()
        .inbox()
        .accept(
            NewEvent.request(
                "download",
                Priority.MANUAL,
                "activity",
                Long.toString(activityId),
                Long.toString(ANN),
                eventTime()))
        .join();
  }

  /** The events of an object, in order of arrival. */
  List<EventRecord> events(long objectId) {
    return bed.service()
        .ledger()
        .read()
        .sql("select * from event where object_id = ? order by id")
        .param(Long.toString(objectId))
        .query(
            (row, number) ->
                new EventRecord(
                    row.getLong("id"),
                    EventState.of(row.getString("state")),
                    Optional.ofNullable(row.getString("reason")).orElse(""),
                    Optional.ofNullable(row.getObject("due_at"))
                        .map(due -> Instant.ofEpochMilli(((Number) due).longValue())),
                    row.getString("lease") != null,
                    row.getInt("failures"),
                    row.getInt("not_ready")))
        .list();
  }

  /** Waits until an event of an object, counted from 1, meets a condition. */
  EventRecord event(long objectId, int number, Predicate<EventRecord> wanted) {
    return await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              List<EventRecord> events = events(objectId);
              return events.size() < number
                  ? Optional.<EventRecord>empty()
                  : Optional.of(events.get(number - 1)).filter(wanted);
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** The end of an object's only event. */
  EventRecord end(long objectId) {
    return end(objectId, 1);
  }

  /** The end of an event of an object, counted from 1. */
  EventRecord end(long objectId, int number) {
    return event(objectId, number, EventRecord::isSettled);
  }

  /** The wait of an object's only event. */
  EventRecord waiting(long objectId) {
    return event(objectId, 1, EventRecord::isWaiting);
  }

  /** Waits until every event has ended. */
  void idle() {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                strava().unsettledEvents() == 0
                    && bed.service()
                            .ledger()
                            .read()
                            .sql("select count(*) from event where state = 'pending'")
                            .query(Integer.class)
                            .single()
                        == 0);
  }

  /** The log of an object. */
  List<String> eventLog(long objectId) {
    return bed.service()
        .ledger()
        .read()
        .sql(
            "select step from event_log join event on event.id = event_id where object_id = ?"
                + " order by event_log.rowid")
        .param(Long.toString(objectId))
        .query(String.class)
        .list();
  }

  // athletes

  /** Expires the athlete's access token and makes Strava refuse to refresh it. */
  void endTokens() {
    String refused =
        "{\"message\":\"Bad Request\",\"errors\":[{\"resource\":\"RefreshToken\","
            + "\"field\":\"refresh_token\",\"code\":\"invalid\"}]}";
    strava().expireAccessToken(ANN);
    strava().arm("/oauth/token", Fault.status(400, refused));
  }

  /** Connects another athlete, as in the browser. */
  void connect(long athlete) {
    strava().addAthlete(athlete, "Bob", "Example");
    AthleteTokens tokens = strava().connect(athlete);
    bed.service()
        .tokenStore()
        .connect(
            Long.toString(athlete),
            "Bob",
            new TokenGrant(
                tokens.accessToken(), tokens.refreshToken(), tokens.expiresAt(), Optional.empty()));
  }

  // requests

  /** The number of requests for an activity's details. */
  long detailsRequests(long activityId) {
    return strava().count("GET", "/api/v3/activities/" + activityId);
  }

  /** The number of requests that count towards the API's limits. */
  long apiRequests() {
    return strava().requests().stream()
        .filter(request -> request.path().startsWith("/api/v3/"))
        .filter(request -> !request.path().endsWith("/push_subscriptions"))
        .count();
  }

  /** The number of requests for an activity's original. */
  long exportRequests(long activityId) {
    return strava().count("GET", "/activities/" + activityId + "/export_original");
  }

  /** The number of requests for any original. */
  long exportRequests() {
    return strava().count("GET", "/activities/*/export_original");
  }

  // the ledger

  /** Deletes all pauses and counts. */
  void forgetPauses() {
    bed.service()
        .ledger()
        .write(
            jdbc ->
                jdbc.sql("delete from pause").update() + jdbc.sql("delete from budget").update());
  }

  /** The path of a run by the default setting. */
  static String defaultPath(SimulatedActivity activity) {
    return "2026/11/" + activity.id() + ".fit";
  }

  @Override
  public void close() {
    bed.close();
  }
}
