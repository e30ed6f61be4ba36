package io.fitroute.strava.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.strava.api.StravaRefusal;

/**
 * An athlete who has just given the permission.
 *
 * @param name first and last name; empty if Strava does not tell
 */
public record NewConnection(String athleteId, String name, TokenGrant grant) {

  /**
   * Reads the answer to an exchanged code: tokens, and a summary of the athlete.
   *
   * @throws StravaRefusal if tokens or athlete are missing
   */
  static NewConnection of(JsonNode answer) {
    JsonNode athlete = answer.path("athlete");
    String id = athlete.path("id").asText();
    if (!id.matches("[1-9][0-9]{0,18}")) {
      throw StravaRefusal.without("athlete id");
    }
    String name =
        (athlete.path("firstname").asText("") + " " + athlete.path("lastname").asText("")).strip();
    return new NewConnection(id, name, TokenGrant.of(answer));
  }
}
