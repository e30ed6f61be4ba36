package io.fitroute.strava.api;

import io.fitroute.settings.Settings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.camel.Body;

/** The API application: its credentials, and Strava's errors about it. */
public final class ApiApplication {

  private static final String PAGE = "https://www.strava.com/settings/api";

  private final Optional<String> clientId;
  private final Optional<String> clientSecret;

  public ApiApplication(Optional<String> clientId, Optional<String> clientSecret) {
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  /** Takes the credentials from the settings. */
  public static ApiApplication of(Settings settings) {
    return new ApiApplication(
        settings.optionalText("strava.client-id"), settings.secret("strava.client-secret"));
  }

  /** Whether both credentials are set. */
  public boolean isComplete() {
    return clientId.isPresent() && clientSecret.isPresent();
  }

  /** The credentials as parameters of a form or query. */
  public String identity() {
    return "client_id="
        + encoded(clientId.orElse(""))
        + "&client_secret="
        + encoded(clientSecret.orElse(""));
  }

  /**
   * The credentials as the value of the header {@code Authorization}, for HTTP basic
   * authentication.
   */
  public String basic() {
    String pair = clientId.orElse("") + ":" + clientSecret.orElse("");
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** The form that exchanges the refresh token in the body. */
  public String refreshForm(@Body String refreshToken) {
    return identity() + "&grant_type=refresh_token&refresh_token=" + encoded(refreshToken);
  }

  /** The form that exchanges the authorization code in the body. */
  public String codeForm(@Body String code) {
    return identity() + "&grant_type=authorization_code&code=" + encoded(code);
  }

  /**
   * The query of the consent page's address.
   *
   * @param redirectUri where Strava sends the athlete afterwards
   * @param state returned by Strava with the athlete
   */
  public String consentQuery(URI redirectUri, Scope scope, String state) {
    return "client_id="
        + encoded(clientId.orElse(""))
        + "&response_type=code&approval_prompt=auto&redirect_uri="
        + encoded(redirectUri.toString())
        + "&scope="
        + encoded(scope.toString())
        + "&state="
        + encoded(state);
  }

  /**
   * Strava's error about the application as a sentence; empty if the error is about something else.
   */
  public Optional<String> refusal(int status, ApiError fault) {
    if (fault.names("Application", "client_id", "")) {
      return Optional.of(
          "Strava does not know the application: STRAVA_CLIENT_ID is "
              + clientId.orElse("not set")
              + "; find the Client ID at "
              + PAGE
              + ".");
    }
    if (fault.names("Application", "client_secret", "")) {
      return Optional.of(
          "Strava does not accept the application's secret: STRAVA_CLIENT_SECRET must be"
              + " the Client Secret from "
              + PAGE
              + ".");
    }
    if (fault.names("Application", "Status", "Inactive")) {
      return Optional.of(
          "Strava has deactivated the application: since mid-2026 its owner needs a Strava"
              + " subscription. "
              + PAGE
              + " has the details.");
    }
    if (status == 401 && fault.names("Application", "", "invalid")) {
      return Optional.of(
          "Strava does not accept the application: compare STRAVA_CLIENT_ID and"
              + " STRAVA_CLIENT_SECRET with "
              + PAGE
              + ".");
    }
    if (status == 429 || fault.isRateLimit()) {
      return Optional.of(
          "Strava's rate limit is reached. It resets every quarter of an hour, and the"
              + " daily limit at midnight UTC.");
    }
    return Optional.empty();
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Does not show the secret. */
  @Override
  public String toString() {
    return "application " + clientId.orElse("(none)");
  }
}
