package io.fitroute.strava.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.ApiError;
import io.fitroute.strava.api.StravaRefusal;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Interprets the token endpoint's response to an authorization code. */
public final class CodeExchange {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiApplication application;

  public CodeExchange(ApiApplication application) {
    this.application = application;
  }

  /**
   * Reads a response.
   *
   * @throws ConnectRefused for every refusal; the message is meant for people
   */
  public NewConnection read(@Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body String body) {
    if (status != 200) {
      throw refusal(status, ApiError.of(body));
    }
    try {
      return NewConnection.of(JSON.readTree(body));
    } catch (JsonProcessingException | StravaRefusal e) {
      throw new ConnectRefused(
          502,
          "Strava accepted the permission, but its answer cannot be read. Please connect again.");
    }
  }

  private ConnectRefused refusal(int status, ApiError fault) {
    if (fault.names("", "code", "invalid")) {
      return new ConnectRefused(
          400,
          "Strava does not accept the code: it is valid once, and only for a few minutes."
              + " Please connect again.");
    }
    if (isAthleteLimit(status, fault)) {
      return new ConnectRefused(
          403,
          "Strava does not let this application connect another athlete. Its owner can"
              + " raise the limit from 1 to 10 at https://www.strava.com/settings/api, or"
              + " disconnect an athlete with ./fitroute disconnect ATHLETE_ID. Then please"
              + " connect again.");
    }
    return new ConnectRefused(
        status == 429 || fault.isRateLimit() ? 503 : 502,
        application
            .refusal(status, fault)
            .orElseGet(
                () ->
                    "Strava did not exchange the code: it answered "
                        + status
                        + " "
                        + fault.describe()
                        + ". Please try again later."));
  }

  private static boolean isAthleteLimit(int status, ApiError fault) {
    return status == 403
        && (fault.names("Application", "limit", "exceeded")
            || fault.describe().toLowerCase(java.util.Locale.ROOT).contains("limit of connected"));
  }
}
