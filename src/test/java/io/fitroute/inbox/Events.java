package io.fitroute.inbox;

import java.time.Instant;
import java.util.TreeMap;

/** Events for an inbox. */
public final class Events {

  public static final Instant TIME = Instant.parse("2026-11-20T11:00:00Z");

  private Events() {}

  public static NewEvent of(String object) {
    return of(object, 0);
  }

  /**
   * An event of an activity.
   *
   * @param second its time, which distinguishes it from others of the same activity
   */
  public static NewEvent of(String object, int second) {
    return of(object, second, Priority.LIVE);
  }

  public static NewEvent of(String object, int second, Priority priority) {
    return new NewEvent(
        "strava",
        priority,
        274001,
        "activity",
        object,
        "create",
        "4455667",
        TIME.plusSeconds(second),
        new TreeMap<>());
  }
}
