package io.fitroute.strava.oauth;

import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.ApiError;
import io.fitroute.strava.api.StravaRefusal;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * Revokes an athlete's permission at Strava: by {@code /oauth/revoke}, or where that is not
 * available by {@code /oauth/deauthorize}, which Strava retires on 2027-06-01.
 */
public final class Revocations {

  private final ApiApplication application;
  private final TokenStore store;

  public Revocations(ApiApplication application, TokenStore store) {
    this.application = application;
    this.store = store;
  }

  /**
   * The form with the tokens to revoke.
   *
   * @throws UnknownAthlete if there are none
   */
  public String form(@Variable("athlete") String athleteId) {
    TokenStore.StoredTokens tokens =
        store.find(athleteId).orElseThrow(() -> new UnknownAthlete(athleteId));
    return tokens.refreshToken().isEmpty()
        ? "token_type_hint=access_token&token=" + ApiApplication.encoded(tokens.accessToken())
        : "token_type_hint=refresh_token&token=" + ApiApplication.encoded(tokens.refreshToken());
  }

  /**
   * Whether the response means that {@code /oauth/revoke} is not available; a failure at Strava
   * does not.
   */
  public boolean isUnavailable(@Header(Exchange.HTTP_RESPONSE_CODE) int status) {
    return status >= 300 && status < 500 && status != 429;
  }

  /**
   * Reads the final response. Tokens that Strava no longer knows count as revoked.
   *
   * @return whether Strava still knew them; true for {@code /oauth/revoke}, which does not report
   *     it
   * @throws StravaRefusal if the revocation failed
   */
  public boolean read(@Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body String body) {
    if (status >= 200 && status < 300) {
      return true;
    }
    ApiError fault = ApiError.of(Optional.ofNullable(body).orElse(""));
    if (status == 401 && application.refusal(status, fault).isEmpty()) {
      return false;
    }
    throw new StravaRefusal(
        application
            .refusal(status, fault)
            .orElseGet(
                () ->
                    "Strava did not revoke the tokens: it answered "
                        + status
                        + " "
                        + fault.describe()));
  }
}
