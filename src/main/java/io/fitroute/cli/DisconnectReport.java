package io.fitroute.cli;

import java.io.PrintWriter;

/**
 * Who is no longer connected.
 *
 * @param atStrava what became of the permission there: {@code revoked}, {@code was revoked already}
 *     or {@code not asked}
 * @param eventsSettled how many events had waited for the athlete's tokens, and are skipped now
 */
record DisconnectReport(String athleteId, String name, String atStrava, int eventsSettled)
    implements Report {

  @Override
  public void print(PrintWriter out) {
    out.println(
        "disconnected: "
            + (name.isEmpty() ? "" : Printable.line(name) + ", ")
            + "athlete "
            + athleteId
            + "; the tokens are forgotten, the permission at Strava "
            + (atStrava.equals("not asked") ? "was not touched" : atStrava));
    if (eventsSettled > 0) {
      out.println(eventsSettled + " events that waited for the athlete are skipped");
    }
  }
}
