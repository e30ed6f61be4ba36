package io.fitroute.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A fake Intervals.icu: activities, created one by one or in bulk with an upsert on {@code
 * external_id}, and their original files. Activities from Strava are stubs that cannot be read or
 * changed. More than ten requests a second, after a small burst, are refused.
 */
public final class FakeIntervals extends FakeService {

  private static final int A_SECOND = 10;
  private static final int BURST = 20;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_DESCRIPTION = 65_536;
  private static final Set<String> INDISPENSABLE = Set.of("type", "start_date_local", "name");

  private final String apiKey = "key-" + Long.toHexString(System.nanoTime());
  private final Map<String, ObjectNode> activities = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private final Deque<Instant> recent = new ArrayDeque<>();
  private final Clock clock;
  private long nextId = 88_990_000;
  private boolean upserting = true;
  private boolean limited = true;
  private int refusedForHaste;

  private FakeIntervals(Clock clock) {
    this.clock = clock;
    begin(clock);
    on("GET", "/api/v1/athlete/:id/activities", admitted(this::list));
    on("POST", "/api/v1/athlete/:id/activities/manual/bulk", admitted(this::bulk));
    on("POST", "/api/v1/athlete/:id/activities/manual", admitted(this::manual));
    on("GET", "/api/v1/activity/:id/file", admitted(this::file));
    on("GET", "/api/v1/activity/:id", admitted(context -> Answer.json(200, found(context))));
    on("PUT", "/api/v1/activity/:id", admitted(this::update));
    on("DELETE", "/api/v1/activity/:id", admitted(this::delete));
    listen();
  }

  public static FakeIntervals start() {
    return start(Clock.systemUTC());
  }

  public static FakeIntervals start(Clock clock) {
    return new FakeIntervals(clock);
  }

  public String apiKey() {
    return apiKey;
  }

  private Function<RoutingContext, Answer> admitted(Function<RoutingContext, Answer> answer) {
    String login =
        Base64.getEncoder().encodeToString(("API_KEY:" + apiKey).getBytes(StandardCharsets.UTF_8));
    return context -> {
      synchronized (this) {
        if (isHasty()) {
          refusedForHaste++;
          throw new Refused(429, "Too many requests");
        }
        if (!("Basic " + login).equals(context.request().getHeader("Authorization"))) {
          throw new Refused(401, "Unauthorized");
        }
        return answer.apply(context);
      }
    };
  }

  /** Ten a second on average, with a small burst. */
  private boolean isHasty() {
    Instant now = clock.instant();
    Instant windowStart = now.minus(Duration.ofMillis(1000L * BURST / A_SECOND));
    while (!recent.isEmpty() && recent.peekFirst().isBefore(windowStart)) {
      recent.removeFirst();
    }
    if (limited && recent.size() >= BURST + A_SECOND) {
      return true;
    }
    recent.addLast(now);
    return false;
  }

  private Answer list(RoutingContext context) {
    List<String> oldest = context.queryParam("oldest");
    if (oldest.isEmpty()) {
      throw new Refused(422, "oldest is required");
    }
    LocalDate from = date(oldest.get(0));
    LocalDate to =
        context.queryParam("newest").stream()
            .findFirst()
            .map(FakeIntervals::date)
            .orElse(LocalDate.MAX);
    ArrayNode found = Json.array();
    activities.values().stream()
        .filter(activity -> !startOf(activity).toLocalDate().isBefore(from))
        .filter(activity -> !startOf(activity).toLocalDate().isAfter(to))
        .sorted(Comparator.comparing(FakeIntervals::startOf).reversed())
        .map(FakeIntervals::shown)
        .forEach(found::add);
    return Answer.json(200, found);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text.substring(0, Math.min(10, text.length())));
    } catch (DateTimeException none) {
      throw new Refused(422, "Invalid date " + text);
    }
  }

  private static LocalDateTime startOf(JsonNode activity) {
    return LocalDateTime.parse(activity.path("start_date_local").asText());
  }

  private static boolean isFromStrava(JsonNode activity) {
    return activity.path("source").asText().equals("STRAVA");
  }

  /** Of an activity from Strava the API only shows that it exists. */
  private static ObjectNode shown(ObjectNode activity) {
    return isFromStrava(activity)
        ? activity
            .deepCopy()
            .retain("id", "icu_athlete_id", "start_date_local", "source")
            .put("_note", "STRAVA activities are not available via the API")
        : activity;
  }

  private Answer manual(RoutingContext context) {
    return Answer.json(200, create(object(context)));
  }

  private Answer bulk(RoutingContext context) {
    JsonNode all;
    try {
      all = new JsonMapper().readTree(context.body().buffer().getBytes());
    } catch (IOException none) {
      throw new Refused(400, "not JSON");
    }
    if (!all.isArray()) {
      throw new Refused(400, "an array is expected");
    }
    all.forEach(FakeIntervals::require);
    ArrayNode written = Json.array();
    for (JsonNode one : all) {
      String externalId = one.path("external_id").asText();
      Optional<ObjectNode> there =
          externalId.isEmpty() || !upserting
              ? Optional.empty()
              : byExternalId(externalId).stream().findFirst();
      written.add(there.map(old -> change(old, one)).orElseGet(() -> create(one)));
    }
    return Answer.json(200, written);
  }

  private static void require(JsonNode activity) {
    for (String field : INDISPENSABLE) {
      if (!activity.path(field).isTextual()) {
        throw new Refused(422, field + " is required");
      }
    }
    try {
      startOf(activity);
    } catch (DateTimeException none) {
      throw new Refused(422, "Invalid start_date_local");
    }
    if (activity.path("name").asText().length() > LONGEST_NAME) {
      throw new Refused(422, "name is too long");
    }
    if (activity.path("description").asText().length() > LONGEST_DESCRIPTION) {
      throw new Refused(422, "description is too long");
    }
  }

  private ObjectNode create(JsonNode activity) {
    require(activity);
    ObjectNode made = activity.deepCopy();
    String id = "i" + nextId++;
    made.put("id", id).put("icu_athlete_id", "i12345");
    if (!made.has("source")) {
      made.put("source", "MANUAL");
    }
    activities.put(id, made);
    return made;
  }

  private static ObjectNode change(ObjectNode activity, JsonNode changes) {
    changes.properties().forEach(field -> activity.set(field.getKey(), field.getValue()));
    return activity;
  }

  private ObjectNode found(RoutingContext context) {
    return Optional.ofNullable(activities.get(context.pathParam("id")))
        .map(FakeIntervals::shown)
        .orElseThrow(() -> new Refused(404, "Activity not found"));
  }

  private Answer update(RoutingContext context) {
    found(context);
    ObjectNode activity = activities.get(context.pathParam("id"));
    if (isFromStrava(activity)) {
      throw new Refused(422, "Strava activities cannot be updated");
    }
    return Answer.json(200, change(activity, object(context)));
  }

  private Answer delete(RoutingContext context) {
    found(context);
    activities.remove(context.pathParam("id"));
    return Answer.json(200, Json.object().put("id", context.pathParam("id")));
  }

  private Answer file(RoutingContext context) {
    ObjectNode activity = found(context);
    byte[] file = files.get(activity.path("id").asText());
    if (isFromStrava(activity) || file == null) {
      throw new Refused(isFromStrava(activity) ? 422 : 404, "No file");
    }
    return new Answer(200, "application/octet-stream", file);
  }

  // the state of the fake

  /**
   * Adds an activity from another source.
   *
   * @param file its original; empty for none
   * @return its id
   */
  public synchronized String add(ObjectNode activity, byte[] file) {
    String id = create(activity).path("id").asText();
    if (file.length > 0) {
      files.put(id, file.clone());
    }
    return id;
  }

  /** Changes an activity, as its owner may. */
  public synchronized void edit(String id, ObjectNode changes) {
    change(activities.get(id), changes);
  }

  /** Removes an activity, as its owner may. */
  public synchronized void remove(String id) {
    activities.remove(id);
  }

  /** All activities, oldest first. */
  public synchronized List<JsonNode> activities() {
    return new ArrayList<>(
        activities.values().stream().map(activity -> (JsonNode) activity.deepCopy()).toList());
  }

  private List<ObjectNode> byExternalId(String externalId) {
    return activities.values().stream()
        .filter(activity -> activity.path("external_id").asText().equals(externalId))
        .toList();
  }

  /**
   * Whether {@code manual/bulk} updates existing activities; for an API key this is not documented.
   */
  public synchronized void upsert(boolean updates) {
    upserting = updates;
  }

  /** Whether more than ten requests a second are refused. */
  public synchronized void limit(boolean limits) {
    limited = limits;
  }

  /** The number of requests refused by the rate limit. */
  public synchronized int refusedForHaste() {
    return refusedForHaste;
  }
}
