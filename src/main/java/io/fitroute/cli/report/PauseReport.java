package io.fitroute.cli.report;

import io.fitroute.cli.KnownAthlete;
import io.fitroute.runtime.ServiceLock;
import io.fitroute.settings.Settings;
import java.io.PrintWriter;

/**
 * Whether an athlete is paused now.
 *
 * @param changed whether this command changed it
 * @param eventsDue the number of events that were waiting and are due now
 * @param service whether a service processes them: {@code running} or {@code stopped}
 */
public record PauseReport(
    String athleteId, String name, boolean paused, boolean changed, int eventsDue, String service)
    implements Report {

  /** Pauses or resumes an athlete. */
  public static PauseReport change(Settings settings, String id, boolean paused) {
    boolean running = ServiceLock.isHeld(settings.path("data.dir"));
    return KnownAthlete.in(
        settings,
        id,
        (athletes, athlete) ->
            new PauseReport(
                id,
                athlete.name(),
                paused,
                athlete.paused() != paused,
                athletes.pause(id, paused),
                running ? "running" : "stopped"));
  }

  @Override
  public void print(PrintWriter out) {
    String who = (name.isEmpty() ? "" : Printable.line(name) + ", ") + "athlete " + athleteId;
    String already = changed ? "" : " already";
    if (paused) {
      out.println(
          "paused" + already + ": " + who + "; events wait until ./fitroute resume " + athleteId);
      return;
    }
    out.println((changed ? "resumed: " : "was not paused: ") + who);
    if (eventsDue > 0) {
      out.println(
          Printable.count(eventsDue, "event")
              + " due now"
              + (service.equals("running") ? "" : ", once the service runs: ./fitroute"));
    }
  }
}
