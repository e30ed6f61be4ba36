package io.fitroute.strava.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.strava.api.ApiError;
import io.fitroute.strava.api.StravaRefusal;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Interprets the responses of the token endpoint. */
public final class TokenResponses {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a response.
   *
   * @throws RefreshRefused if the refresh token is no longer valid
   * @throws StravaRefusal for any other error; the message distinguishes wrong credentials of the
   *     application
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

  /** The parser's message is not passed on because it may repeat the text. */
  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new StravaRefusal("the response of Strava's token service is not JSON");
    }
  }
}
