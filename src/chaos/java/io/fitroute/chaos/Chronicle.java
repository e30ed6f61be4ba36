package io.fitroute.chaos;

import io.fitroute.simulator.OriginalFormat;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What really happened at the fake Strava in a run, and the events that reported it. */
final class Chronicle {

  private static final Set<String> WANTED_TYPES = Set.of("Run", "TrailRun", "VirtualRun");

  private final List<WebhookEvent> told = new ArrayList<>();
  private final Map<Long, WebhookEvent> wantedSince = new HashMap<>();
  private final Set<Long> everWanted = new HashSet<>();

  /** Whether a FIT file of this activity must be fetched. */
  static boolean isWanted(SimulatedActivity activity) {
    return !activity.manual() && WANTED_TYPES.contains(activity.sportType());
  }

  /** Records that an activity was created or changed, with the event that reports it. */
  void became(SimulatedActivity activity, WebhookEvent event) {
    told.add(event);
    if (!isWanted(activity)) {
      wantedSince.remove(activity.id());
    } else {
      everWanted.add(activity.id());
      wantedSince.putIfAbsent(activity.id(), event);
    }
  }

  /** Records an event that does not change what must be fetched. */
  void told(WebhookEvent event) {
    told.add(event);
  }

  /** The events so far, without repeats. */
  List<WebhookEvent> told() {
    return told;
  }

  /** The event since which a file of this activity must be fetched; empty if none need be. */
  Optional<WebhookEvent> wantedSince(SimulatedActivity activity) {
    return activity.original() == OriginalFormat.FIT
        ? Optional.ofNullable(wantedSince.get(activity.id()))
        : Optional.empty();
  }

  /** Whether a file of this activity may exist. */
  boolean wasEverWanted(long activityId) {
    return everWanted.contains(activityId);
  }
}
