package io.fitroute.doctor;

import io.fitroute.settings.Settings;
import io.fitroute.strava.export.SessionCredential;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Checks the browser session used to fetch original files. */
record CredentialCheck(Settings settings, Clock clock) {

  private static final String SUBJECT = "session credential";
  private static final String WHY =
      "Without it no original files can be downloaded, only files written from the API's data.";
  private static final String RENEW =
      "Log in at https://www.strava.com, and copy the cookies into STRAVA_SESSION_COOKIE again.";
  private static final Duration SOON = Duration.ofDays(7);

  Finding examine() {
    SessionCredential credential = new SessionCredential(settings.secret("strava.session-cookie"));
    if (credential.cookie().isEmpty()) {
      return Finding.good(
          SUBJECT, "none (optional): files are written from the API's data, not the originals");
    }
    return credential
        .endsAt()
        .map(this::withEnd)
        .orElseGet(
            () ->
                Finding.good(
                    SUBJECT,
                    "a session cookie without an expiry date; strava_remember_id with"
                        + " strava_remember_token has one"));
  }

  private Finding withEnd(Instant end) {
    Duration left = Duration.between(clock.instant(), end);
    if (left.isNegative()) {
      return Finding.trouble(SUBJECT, "a remembered login that expired on " + end, WHY, RENEW);
    }
    String what = "a remembered login, " + left.toDays() + " days left (until " + end + ")";
    return left.compareTo(SOON) < 0
        ? Finding.warning(SUBJECT, what, WHY, RENEW)
        : Finding.good(SUBJECT, what);
  }
}
