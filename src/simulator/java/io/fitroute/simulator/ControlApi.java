package io.fitroute.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * What another process can make the fake do: upload, send events, arm faults, read what happened.
 * Only this machine may.
 */
final class ControlApi {

  private static final int MOST_AT_ONCE = 100_000;
  private static final String HELP =
      """
      POST   /fake/athletes        {"id", "firstname", "lastname", "scope"} -> tokens, session
      POST   /fake/subscription    {"callback_url"}
      POST   /fake/activities      an activity; with "count" so many; "event": false for no event
      PUT    /fake/activities/{id} what changes of it
      DELETE /fake/activities/{id}
      POST   /fake/events          {"object_type", "object_id", "aspect_type", "owner_id", "updates",
                                   "event_time", "count"}; with count, ids count up
      POST   /fake/faults          {"path", "fault", "method", "times", "probability", "seconds",
                                   "status", "body", "millis", "bytes", "headers"}
      DELETE /fake/faults
      GET    /fake/requests        ?method=&path= counts; without both lists counts by path
      GET    /fake/deliveries

      An activity: athlete_id, id, name, sport_type, start, zone, moving_time, pause, distance,
      visibility, manual, trainer, gps, heart_rate, hidden_start, device, original, gzipped.
      A fault: status, delay, drop, cut, wrong-length, headers, html, login, not-found, empty-streams,
      rate-limited, inactive, error, garbage-gzip, gzip-bomb.
      """;

  private final FakeStrava fake;

  ControlApi(FakeStrava fake) {
    this.fake = fake;
  }

  /**
   * Lets only this machine through.
   *
   * @throws Refusal with status 403 for anyone else
   */
  public Request guard(Request request) {
    String client = request.client();
    if (!client.startsWith("127.") && !client.equals("0:0:0:0:0:0:0:1") && !client.equals("::1")) {
      throw Refusal.forbidden("Fake", "address", "not this machine");
    }
    return request;
  }

  /** Lists what there is. */
  public Reply help() {
    return Reply.text(HELP);
  }

  /** Adds an athlete and connects it at once. */
  public Reply addAthlete(Request request) {
    ObjectNode given = body(request);
    long id = number(given, "id");
    SimulatedAthlete athlete =
        checked(
            () ->
                SimulatedAthlete.named(
                    id,
                    given.path("firstname").asText("Ann"),
                    given.path("lastname").asText("Example")));
    fake.addAthlete(athlete);
    String scope = given.path("scope").asText(String.join(",", Scopes.USUAL));
    AthleteTokens tokens = fake.connect(id, scope);
    return Reply.json(
        201,
        Json.object()
            .put("id", id)
            .put("access_token", tokens.accessToken())
            .put("refresh_token", tokens.refreshToken())
            .put("expires_at", tokens.expiresAt().getEpochSecond())
            .put("strava4_session", fake.sessionCookie(id)));
  }

  /** Subscribes a callback without asking it. */
  public Reply subscribe(Request request) {
    String callbackUrl = text(body(request), "callback_url");
    return Reply.json(201, Json.object().put("id", fake.subscribe(callbackUrl).id()));
  }

  /** Uploads activities. */
  public Reply upload(Request request) {
    ObjectNode given = body(request);
    int count = count(given);
    boolean event = given.path("event").asBoolean(true);
    SimulatedActivity.Builder builder = SimulatedActivity.run(number(given, "athlete_id"));
    SimulatedActivity activity = checked(() -> ActivityForm.fill(builder, given).build());
    ArrayNode ids = Json.array();
    for (int i = 0; i < count; i++) {
      long id = activity.id() == 0 ? 0 : activity.id() + i;
      SimulatedActivity next = activity.toBuilder().id(id).build();
      ids.add((event ? fake.upload(next) : fake.uploadSilently(next)).id());
    }
    return Reply.json(201, Json.object().set("ids", ids));
  }

  /** Changes an activity. */
  public Reply update(Request request) {
    ObjectNode given = body(request);
    fake.update(existing(request), builder -> checked(() -> ActivityForm.fill(builder, given)));
    return Reply.empty(204);
  }

  /** Deletes an activity. */
  public Reply delete(Request request) {
    fake.delete(existing(request));
    return Reply.empty(204);
  }

  /** Sends an event, or many with ids that count up. */
  public Reply sendEvents(Request request) {
    ObjectNode given = body(request);
    long first = number(given, "object_id");
    int count = count(given);
    Map<String, String> updates = new HashMap<>();
    given.path("updates").properties().forEach(e -> updates.put(e.getKey(), e.getValue().asText()));
    Instant time =
        given.has("event_time") ? Instant.ofEpochSecond(number(given, "event_time")) : fake.now();
    List<WebhookEvent> events =
        LongStream.range(first, first + count)
            .mapToObj(
                id ->
                    new WebhookEvent(
                        given.path("object_type").asText("activity"),
                        id,
                        given.path("aspect_type").asText("create"),
                        updates,
                        number(given, "owner_id"),
                        time))
            .toList();
    fake.deliver(events);
    return Reply.json(202, Json.object().put("count", count));
  }

  /** Arms a fault. */
  public Reply arm(Request request) {
    ObjectNode given = body(request);
    FaultRule rule = checked(() -> FaultForm.read(given));
    fake.arm(rule);
    return Reply.empty(204);
  }

  /** Disarms all faults. */
  public Reply disarm() {
    fake.disarmFaults();
    return Reply.empty(204);
  }

  /** Counts requests of a kind, or of each kind. */
  public Reply requests(Request request) {
    ObjectNode document = Json.object();
    if (request.query().containsKey("path")) {
      String method = request.query().getOrDefault("method", "GET");
      return Reply.json(
          200, document.put("count", fake.count(method, request.query().get("path"))));
    }
    for (RecordedRequest seen : fake.requests()) {
      String kind = seen.method() + " " + seen.path().replaceAll("/\\d+", "/*");
      document.put(kind, document.path(kind).asLong() + 1);
    }
    return Reply.json(200, document);
  }

  /** Sums up what became of the events. */
  public Reply deliveries() {
    List<WebhookDelivery> all = new ArrayList<>(fake.deliveries());
    ObjectNode document =
        Json.object()
            .put("attempts", all.size())
            .put("accepted", all.stream().filter(WebhookDelivery::accepted).count())
            .put("unsettled", fake.unsettledEvents())
            .put("dropped", fake.droppedEvents());
    ObjectNode byStatus = document.putObject("by_status");
    for (WebhookDelivery delivery : all) {
      String status = Integer.toString(delivery.status());
      byStatus.put(status, byStatus.path(status).asLong() + 1);
    }
    return Reply.json(200, document);
  }

  private long existing(Request request) {
    long id = request.id().orElse(0);
    return fake.activity(id)
        .map(SimulatedActivity::id)
        .orElseThrow(() -> Refusal.recordNotFound("Activity"));
  }

  private static int count(ObjectNode given) {
    int count = given.path("count").asInt(1);
    if (count < 1 || count > MOST_AT_ONCE) {
      throw wrong("count", "is " + count + ", allowed is 1 to " + MOST_AT_ONCE);
    }
    return count;
  }

  private static ObjectNode body(Request request) {
    return Json.readObject(request.body()).orElseThrow(() -> wrong("body", "is not a JSON object"));
  }

  private static long number(ObjectNode given, String field) {
    JsonNode value = given.path(field);
    if (!value.canConvertToExactIntegral() || !value.canConvertToLong()) {
      throw wrong(field, "is missing or no whole number");
    }
    return value.asLong();
  }

  private static String text(ObjectNode given, String field) {
    JsonNode value = given.path(field);
    if (!value.isTextual()) {
      throw wrong(field, "is missing or no text");
    }
    return value.asText();
  }

  private static <T> T checked(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException | DateTimeException problem) {
      throw wrong("body", problem.getMessage());
    }
  }

  private static Refusal wrong(String field, String problem) {
    return Refusal.badRequest("Fake", field, problem);
  }
}
