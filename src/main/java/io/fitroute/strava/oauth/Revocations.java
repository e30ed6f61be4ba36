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
 * Gives an athlete's permission back to Strava: by {@code /oauth/revoke}, and where that is not to
 * be had by {@code /oauth/deauthorize}, which Strava retires on 2027-06-01.
 */
public final class Revocations {

  private final ApiApplication application;
  private final TokenStore store;

  public Revocations(ApiApplication application, TokenStore store) {
    this.application = application;
    this.store = store;
  }

  /**
   * The form that names the tokens to revoke.
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

  /** Whether the answer says that the newer way is not to be had; trouble of Strava's says not. */
  public boolean isNotToBeHad(@Header(Exchange.HTTP_RESPONSE_CODE) int status) {
    return status >= 300 && status < 500 && status != 429;
  }

  /**
   * Reads the answer that counts. Tokens that Strava does not know any more are as good as revoked.
   *
   * @return whether Strava still knew them; the newer way does not tell, and so counts as yes
   * @throws StravaRefusal if Strava did not do it
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
