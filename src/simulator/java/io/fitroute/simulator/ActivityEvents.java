package io.fitroute.simulator;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which events the subscriber receives. An application without access to "only me"
 * activities receives none for them: hiding an activity looks like a deletion to it, showing it
 * again like a creation.
 */
final class ActivityEvents {

  private final Grants grants;
  private final WebhookSender sender;
  private final Clock clock;

  ActivityEvents(Grants grants, WebhookSender sender, Clock clock) {
    this.grants = grants;
    this.sender = sender;
    this.clock = clock;
  }

  void created(SimulatedActivity activity) {
    if (seen(activity)) {
      sender.send(WebhookEvent.created(activity.id(), activity.athleteId(), clock.instant()));
    }
  }

  void updated(SimulatedActivity before, SimulatedActivity after) {
    long id = after.id();
    long athlete = after.athleteId();
    if (seen(before) && seen(after)) {
      Map<String, String> changes = changes(before, after);
      if (!changes.isEmpty()) {
        sender.send(WebhookEvent.updated(id, athlete, changes, clock.instant()));
      }
    } else if (seen(after)) {
      sender.send(WebhookEvent.created(id, athlete, clock.instant()));
    } else if (seen(before)) {
      sender.send(WebhookEvent.deleted(id, athlete, clock.instant()));
    }
  }

  void deleted(SimulatedActivity activity) {
    if (seen(activity)) {
      sender.send(WebhookEvent.deleted(activity.id(), activity.athleteId(), clock.instant()));
    }
  }

  void deauthorized(long athleteId) {
    sender.send(WebhookEvent.deauthorized(athleteId, clock.instant()));
  }

  private boolean seen(SimulatedActivity activity) {
    Optional<AthleteTokens> tokens = grants.tokens(activity.athleteId());
    boolean hidden = activity.visibility() == Visibility.ONLY_ME;
    return tokens
        .filter(found -> Scopes.showActivities(found.scope()))
        .filter(found -> !hidden || found.scope().contains(Scopes.ACTIVITY_READ_ALL))
        .isPresent();
  }

  private static Map<String, String> changes(SimulatedActivity before, SimulatedActivity after) {
    Map<String, String> changes = new LinkedHashMap<>();
    if (!before.name().equals(after.name())) {
      changes.put("title", after.name());
    }
    if (!before.sportType().equals(after.sportType())) {
      changes.put("type", SportTypes.legacyType(after.sportType()));
    }
    boolean wasHidden = before.visibility() == Visibility.ONLY_ME;
    boolean isHidden = after.visibility() == Visibility.ONLY_ME;
    if (wasHidden != isHidden) {
      changes.put("private", Boolean.toString(isHidden));
    }
    return changes;
  }
}
