package io.fitroute.strava.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.fit.Sha256;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user's own browser session at Strava's web site, which the export of original files requires.
 * Without one the API's access token is tried; Strava has not been seen to accept it.
 */
public final class SessionCredential {

  private static final int FINGERPRINT_DIGITS = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The second of the three parts of a JWT contains its claims. */
  private static final Pattern TOKEN =
      Pattern.compile("strava_remember_token=[^.;\\s]+\\.([^.;\\s]+)\\.");

  private final Optional<String> cookie;

  /**
   * @param setting the value of the cookie {@code _strava4_session}, or several cookies as {@code
   *     name=value; name=value}
   */
  public SessionCredential(Optional<String> setting) {
    this.cookie =
        setting
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .map(value -> isPairs(value) ? value : "_strava4_session=" + value);
  }

  /** Known names are matched, because a bare session value may end in the padding of Base64. */
  private static boolean isPairs(String value) {
    return value.startsWith("strava_remember_") || value.startsWith("_strava4_session=");
  }

  /** The header {@code Cookie}; empty without a session. */
  public Optional<String> cookie() {
    return cookie;
  }

  /** Distinguishes sessions without revealing them; empty without a session. */
  Optional<String> fingerprint() {
    return cookie.map(Sha256::of).map(sum -> sum.substring(0, FINGERPRINT_DIGITS));
  }

  /**
   * When the session expires; known for a remembered login, whose token is a JWT, but not for an
   * ordinary session.
   */
  public Optional<Instant> endsAt() {
    return cookie.map(TOKEN::matcher).filter(Matcher::find).flatMap(found -> end(found.group(1)));
  }

  private static Optional<Instant> end(String claims) {
    try {
      long end = JSON.readTree(Base64.getUrlDecoder().decode(claims)).path("exp").asLong();
      return end > 0 ? Optional.of(Instant.ofEpochSecond(end)) : Optional.empty();
    } catch (IOException | IllegalArgumentException | DateTimeException noToken) {
      return Optional.empty();
    }
  }

  /** Does not show the session. */
  @Override
  public String toString() {
    return cookie.isPresent() ? "session cookie" : "access token";
  }
}
