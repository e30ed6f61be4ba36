package io.fitroute.strava.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The application's webhook subscription, as Strava tells it.
 *
 * @param callbackUrl where Strava posts events; empty if Strava does not tell
 * @param createdAt as Strava writes it; empty if it does not
 */
public record PushSubscription(long id, String callbackUrl, String createdAt) {

  /** Reads an element of Strava's list, or the answer to a creation; without an id it is none. */
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
