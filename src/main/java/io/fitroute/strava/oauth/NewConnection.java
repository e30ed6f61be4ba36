package io.fitroute.strava.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.strava.api.StravaRefusal;

/**
 * An athlete who has just granted permission.
 *
 * @param name first and last name; empty if Strava does not report it
 */
public record NewConnection(String athleteId, String name, TokenGrant grant) {

  /**
   * Reads the response to an authorization code: tokens, and a summary of the athlete.
   *
   * @throws StravaRefusal if the tokens or the athlete are missing
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
