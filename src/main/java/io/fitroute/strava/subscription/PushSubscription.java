package io.fitroute.strava.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The application's webhook subscription, as reported by Strava.
 *
 * @param callbackUrl where Strava posts events; empty if not reported
 * @param createdAt as reported; empty if not reported
 */
public record PushSubscription(long id, String callbackUrl, String createdAt) {

  /** Reads Strava's list or its response to a creation; entries without an id are ignored. */
  static List<PushSubscription> in(JsonNode answer) {
    List<PushSubscription> found = new ArrayList<>();
    for (JsonNode one : answer.isArray() ? answer : List.of(answer)) {
      long id = one.path("id").asLong();
      if (id > 0) {
        found.add(
            new PushSubscription(
                id, one.path("callback_url").asText(), one.path("created_at").asText()));
      }
    }
    return found;
  }
}
