package io.fitroute.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A fake Hevy: workouts, the feed of changes, and the webhook, which reports new workouts only.
 * Pages have at most ten workouts, and a page after the last one is not found.
 */
public final class FakeHevy extends FakeService {

  private static final int LARGEST_PAGE = 10;
  private static final Duration WEBHOOK_PATIENCE = Duration.ofSeconds(5);

  /** A workout with its times; deleted ones stay in the feed. */
  private record Kept(
      SimulatedWorkout workout, Instant createdAt, Instant changedAt, boolean gone) {
    ObjectNode json() {
      ObjectNode json = workout.json().deepCopy();
      json.put("created_at", SimulatedWorkout.text(createdAt));
      json.put("updated_at", changedAt.toString());
      return json;
    }
  }

  private final Clock clock;
  private final String apiKey = UUID.randomUUID().toString();
  private final Map<String, Kept> workouts = new LinkedHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Optional<Subscribed> subscription = Optional.empty();
  private boolean subscriptionsOffered = true;
  private boolean flatPayload;

  /** The webhook's address and token. */
  private record Subscribed(String url, String authToken) {}

  private FakeHevy(Clock clock) {
    this.clock = clock;
    begin(clock);
    on("GET", "/v1/workouts", admitted(this::page));
    on("GET", "/v1/workouts/count", admitted(context -> count()));
    on("GET", "/v1/workouts/events", admitted(this::events));
    on("GET", "/v1/workouts/:id", admitted(this::workout));
    on("GET", "/v1/webhook-subscription", admitted(context -> offered().shown()));
    on("POST", "/v1/webhook-subscription", admitted(context -> offered().subscribed(context)));
    on("DELETE", "/v1/webhook-subscription", admitted(context -> offered().unsubscribed()));
    listen();
  }

  public static FakeHevy start() {
    return start(Clock.systemUTC());
  }

  public static FakeHevy start(Clock clock) {
    return new FakeHevy(clock);
  }

  public String apiKey() {
    return apiKey;
  }

  private Function<RoutingContext, Answer> admitted(Function<RoutingContext, Answer> answer) {
    return context -> {
      if (!apiKey.equals(context.request().getHeader("api-key"))) {
        throw new Refused(401, "Unauthorized");
      }
      synchronized (this) {
        return answer.apply(context);
      }
    };
  }

  private Answer page(RoutingContext context) {
    List<ObjectNode> all =
        workouts.values().stream()
            .filter(kept -> !kept.gone())
            .sorted(Comparator.comparing(FakeHevy::startOf).reversed())
            .map(Kept::json)
            .toList();
    return page(context, all, "workouts");
  }

  private static String startOf(Kept kept) {
    return kept.workout().json().path("start_time").asText();
  }

  private static Answer page(RoutingContext context, List<ObjectNode> all, String name) {
    int page = number(context, "page", 1);
    int size = number(context, "pageSize", 5);
    if (size < 1 || size > LARGEST_PAGE || page < 1) {
      throw new Refused(400, "Invalid page size");
    }
    int pages = (all.size() + size - 1) / size;
    if (page > Math.max(1, pages)) {
      throw new Refused(404, "Page not found");
    }
    ArrayNode shown = Json.array();
    all.subList((page - 1) * size, Math.min(all.size(), page * size)).forEach(shown::add);
    ObjectNode answer = Json.object().put("page", page).put("page_count", pages);
    answer.set(name, shown);
    return Answer.json(200, answer);
  }

  private Answer count() {
    long count = workouts.values().stream().filter(kept -> !kept.gone()).count();
    return Answer.json(200, Json.object().put("workout_count", count));
  }

  private Answer events(RoutingContext context) {
    List<String> given = context.queryParam("since");
    Instant since = given.isEmpty() ? Instant.EPOCH : time(given.get(0));
    List<ObjectNode> changes =
        workouts.values().stream()
            .filter(kept -> !kept.changedAt().isBefore(since))
            .sorted(Comparator.comparing(Kept::changedAt).reversed())
            .map(FakeHevy::event)
            .toList();
    return page(context, changes, "events");
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException none) {
      throw new Refused(400, "Invalid since");
    }
  }

  private static ObjectNode event(Kept kept) {
    if (kept.gone()) {
      return Json.object()
          .put("type", "deleted")
          .put("id", kept.workout().id())
          .put("deleted_at", kept.changedAt().toString());
    }
    ObjectNode event = Json.object().put("type", "updated");
    event.set("workout", kept.json());
    return event;
  }

  private Answer workout(RoutingContext context) {
    return Optional.ofNullable(workouts.get(context.pathParam("id")))
        .filter(kept -> !kept.gone())
        .map(kept -> Answer.json(200, kept.json()))
        .orElseThrow(() -> new Refused(404, "Workout not found"));
  }

  private FakeHevy offered() {
    if (!subscriptionsOffered) {
      throw new Refused(404, "Cannot find that");
    }
    return this;
  }

  private Answer shown() {
    return subscription
        .map(
            one ->
                Answer.json(
                    200, Json.object().put("url", one.url()).put("auth_token", one.authToken())))
        .orElseThrow(() -> new Refused(404, "No webhook subscription found"));
  }

  private Answer subscribed(RoutingContext context) {
    ObjectNode wanted = object(context);
    if (!wanted.path("url").isTextual() || !wanted.path("authToken").isTextual()) {
      throw new Refused(400, "url and authToken are required");
    }
    subscribe(wanted.path("url").asText(), wanted.path("authToken").asText());
    return Answer.json(201, Json.object());
  }

  private Answer unsubscribed() {
    subscription = Optional.empty();
    return Answer.json(200, Json.object());
  }

  // what happens there

  /** Logs a workout and calls the webhook. */
  public CompletableFuture<Integer> log(SimulatedWorkout workout) {
    logSilently(workout);
    return tell(workout.id());
  }

  /** Logs a workout without calling the webhook. */
  public synchronized void logSilently(SimulatedWorkout workout) {
    Instant now = clock.instant();
    workouts.put(workout.id(), new Kept(workout, now, now, false));
  }

  /** Edits a workout, as its user may. */
  public synchronized void edit(SimulatedWorkout workout) {
    Instant created = workouts.get(workout.id()).createdAt();
    workouts.put(workout.id(), new Kept(workout, created, clock.instant(), false));
  }

  /** Deletes a workout, as its user may. */
  public synchronized void delete(String id) {
    Kept kept = workouts.get(id);
    workouts.put(id, new Kept(kept.workout(), kept.createdAt(), clock.instant(), true));
  }

  /** Sets the webhook on the settings page. */
  public synchronized void subscribe(String url, String authToken) {
    subscription = Optional.of(new Subscribed(url, authToken));
  }

  /** The address of the webhook; empty if there is none. */
  public synchronized Optional<String> subscription() {
    return subscription.map(Subscribed::url);
  }

  /** Whether the API has the endpoints for subscriptions, which it lost in late 2025. */
  public synchronized void offerSubscriptions(boolean offered) {
    subscriptionsOffered = offered;
  }

  /** Whether the webhook's payload is flat, as observed, or nested, as documented. */
  public synchronized void sendFlatPayload(boolean flat) {
    flatPayload = flat;
  }

  /**
   * Calls the webhook once for a workout.
   *
   * @return the status of the response, 0 without a webhook
   */
  public CompletableFuture<Integer> tell(String id) {
    Optional<Subscribed> to;
    boolean flat;
    synchronized (this) {
      to = subscription;
      flat = flatPayload;
    }
    if (to.isEmpty()) {
      return CompletableFuture.completedFuture(0);
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(to.get().url()))
            .timeout(WEBHOOK_PATIENCE)
            .header("Content-Type", "application/json")
            .header("Authorization", to.get().authToken())
            .header("User-Agent", "node-fetch")
            .POST(BodyPublishers.ofString(payload(id, flat)))
            .build();
    return http.sendAsync(request, BodyHandlers.discarding())
        .thenApply(answer -> answer.statusCode());
  }

  /** The payload of the webhook. */
  public static String payload(String workoutId, boolean flat) {
    ObjectNode inner = Json.object().put("workoutId", workoutId);
    if (flat) {
      return inner.toString();
    }
    ObjectNode outer = Json.object().put("id", UUID.randomUUID().toString());
    outer.set("payload", inner);
    return outer.toString();
  }

  /** The ids of all workouts. */
  public synchronized List<String> ids() {
    List<String> ids = new ArrayList<>();
    workouts.forEach(
        (id, kept) -> {
          if (!kept.gone()) {
            ids.add(id);
          }
        });
    return ids;
  }
}
