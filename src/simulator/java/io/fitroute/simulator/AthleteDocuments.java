package io.fitroute.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An athlete as the API returns it. */
final class AthleteDocuments {

  private AthleteDocuments() {}

  static ObjectNode summary(SimulatedAthlete athlete) {
    return Json.object()
        .put("id", athlete.id())
        .put("username", athlete.username())
        .put("resource_state", 2)
        .put("firstname", athlete.firstname())
        .put("lastname", athlete.lastname())
        .put("city", athlete.city())
        .put("state", "")
        .put("country", "")
        .put("sex", "F")
        .put("premium", true)
        .put("summit", true)
        .put("created_at", "2019-03-01T08:00:00Z")
        .put("updated_at", "2026-11-01T07:00:00Z")
        .put("badge_type_id", 1)
        .put("profile_medium", "https://example.org/medium.jpg")
        .put("profile", "https://example.org/large.jpg")
        .putNull("friend")
        .putNull("follower");
  }
}
