package io.fitroute.strava.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.strava.api.ApiError;
import io.fitroute.strava.api.StravaRefusal;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Reads what the token endpoint answers. */
public final class TokenResponses {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads an answer.
   *
   * @throws RefreshRefused if the refresh token is dead
   * @throws StravaRefusal for any other error, telling wrong credentials of the application apart
   */
  public TokenGrant read(@Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body String text) {
    if (status == 200) {
      return TokenGrant.of(json(text));
    }
    ApiError fault = ApiError.of(text);
    if (fault.names("RefreshToken", "", "invalid")) {
      throw new RefreshRefused("Strava no longer accepts the refresh token");
    }
    if (fault.names("Application", "client_id", "")) {
      throw new StravaRefusal("Strava does not know the application: check strava.client-id");
    }
    if (fault.names("Application", "client_secret", "")) {
      throw new StravaRefusal("Strava refuses the application: check strava.client-secret");
    }
    throw new StravaRefusal("Strava's token service answered " + status + " " + fault.describe());
  }

  /**
   * What the parser says of a text that is not JSON may repeat the text, so it is not passed on.
   */
  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new StravaRefusal("the response of Strava's token service is not JSON");
    }
  }
}
