package io.fitroute.strava.api;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Events of an activity, as handed out by the inbox. */
public final class ActivityEvent {
  public static final String ACTIVITY = "123";
  public static final String ATHLETE = "4455667";
  public static final Instant RECEIVED = Instant.parse("2026-11-20T12:00:00Z");

  private ActivityEvent() {}

  public static Event create() {
    return createOf(ACTIVITY);
  }

  public static Event createOf(String activity) {
    return event(Priority.LIVE, "create", activity, Map.of(), 0);
  }

  static Event createFailed(int failures) {
    return event(Priority.LIVE, "create", Map.of(), failures);
  }

  public static Event update(String field, String value) {
    return event(Priority.LIVE, "update", Map.of(field, value), 0);
  }

  public static Event byHand() {
    return event(Priority.MANUAL, "create", Map.of(), 0);
  }

  private static Event event(
      Priority priority, String aspect, Map<String, String> updates, int failures) {
    return event(priority, aspect, ACTIVITY, updates, failures);
  }

  private static Event event(
      Priority priority,
      String aspect,
      String activity,
      Map<String, String> updates,
      int failures) {
    NewEvent told =
        new NewEvent(
            "strava",
            priority,
            1,
            "activity",
            activity,
            aspect,
            ATHLETE,
            RECEIVED,
            new TreeMap<>(updates));
    return new Event(1, told, RECEIVED, failures, 0, false, "lease");
  }
}
