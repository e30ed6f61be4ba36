package io.fitroute.strava;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.Lane;
import io.fitroute.inbox.NewEvent;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Events of one activity, as they come out of the inbox. */
final class ActivityEvent {
  static final String ACTIVITY = "123";
  static final String ATHLETE = "4455667";
  static final Instant RECEIVED = Instant.parse("2026-11-20T12:00:00Z");

  private ActivityEvent() {}

  static Event create() {
    return createOf(ACTIVITY);
  }

  static Event createOf(String activity) {
    return event(Lane.LIVE, "create", activity, Map.of(), 0);
  }

  static Event createFailed(int failures) {
    return event(Lane.LIVE, "create", Map.of(), failures);
  }

  static Event update(String field, String value) {
    return event(Lane.LIVE, "update", Map.of(field, value), 0);
  }

  static Event byHand() {
    return event(Lane.MANUAL, "create", Map.of(), 0);
  }

  private static Event event(Lane lane, String aspect, Map<String, String> updates, int failures) {
    return event(lane, aspect, ACTIVITY, updates, failures);
  }

  private static Event event(
      Lane lane, String aspect, String activity, Map<String, String> updates, int failures) {
    NewEvent told =
        new NewEvent(
            "strava",
            lane,
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
