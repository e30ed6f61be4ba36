package io.fitroute.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the API answers about an athlete and the athlete's activities. */
final class AthleteApi {

  private static final long DEFAULT_PAGE_SIZE = 30;
  private static final long LARGEST_PAGE_SIZE = 200;
  private static final String STREAM_ALWAYS_THERE = "distance";

  private final Accounts accounts;
  private final SimulatedActivities activities;
  private final ActivityCache cache;
  private final RequestLog log;

  AthleteApi(
      Accounts accounts, SimulatedActivities activities, ActivityCache cache, RequestLog log) {
    this.accounts = accounts;
    this.activities = activities;
    this.cache = cache;
    this.log = log;
  }

  /** The token's athlete. */
  public Reply athlete(ApiCall call) {
    return Reply.json(200, AthleteDocuments.summary(accounts.get(call.access().athleteId())));
  }

  /** A page of the athlete's activities. */
  public Reply list(ApiCall call) {
    call.requireActivityScope();
    Request request = call.request();
    long page = request.queryNumber("page").orElse(1);
    long size = request.queryNumber("per_page").orElse(DEFAULT_PAGE_SIZE);
    if (page < 1) {
      throw Refusal.badRequest("Activity", "page", "invalid");
    }
    if (size < 1 || size > LARGEST_PAGE_SIZE) {
      throw Refusal.badRequest("Activity", "per page", "invalid");
    }
    List<SimulatedActivity> found =
        activities.page(
            call.access().athleteId(),
            instant(request.queryNumber("after")),
            instant(request.queryNumber("before")),
            call::shows,
            page,
            size);
    ArrayNode list = Json.array();
    for (SimulatedActivity activity : found) {
      list.addRawValue(new RawValue(new String(cache.summary(activity), StandardCharsets.UTF_8)));
    }
    return Reply.json(200, list);
  }

  /** One activity in full. */
  public Reply details(ApiCall call) {
    call.request().id().ifPresent(log::detailsAsked);
    call.requireActivityScope();
    return Reply.json(200, cache.details(find(call)));
  }

  /** One activity's streams, as an object by type or as a list. */
  public Reply streams(ApiCall call) {
    call.requireActivityScope();
    SimulatedActivity activity = find(call);
    if (!activity.hasStreams()) {
      throw Refusal.resourceNotFound();
    }
    List<String> keys = keys(call.request());
    boolean byType = "true".equals(call.request().query().get("key_by_type"));
    return Reply.json(200, cache.streams(activity, keys, byType));
  }

  /** What an unknown path of the API answers. */
  public Reply unknownPath() {
    return Reply.fault(404, "Record Not Found", "resource", "path", "invalid");
  }

  private SimulatedActivity find(ApiCall call) {
    OptionalLong id = call.request().id();
    return (id.isPresent() ? activities.find(id.getAsLong()) : Optional.<SimulatedActivity>empty())
        .filter(call::shows)
        .orElseThrow(() -> Refusal.recordNotFound("Activity"));
  }

  private static List<String> keys(Request request) {
    Stream<String> asked =
        Arrays.stream(request.query().getOrDefault("keys", "").split(",")).map(String::strip);
    return Stream.concat(asked, Stream.of(STREAM_ALWAYS_THERE)).distinct().toList();
  }

  private static Optional<Instant> instant(OptionalLong seconds) {
    return seconds.isPresent()
        ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong()))
        : Optional.empty();
  }
}
