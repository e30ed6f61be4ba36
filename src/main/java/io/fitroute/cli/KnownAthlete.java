package io.fitroute.cli;

import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.Athletes;
import java.time.Clock;
import java.util.List;
import java.util.function.BiFunction;

/** Looks up a connected athlete for a command. */
public final class KnownAthlete {

  private KnownAthlete() {}

  /**
   * The athlete with an id.
   *
   * @throws CommandFailure if the athlete is not connected; the message lists those who are
   */
  static Athletes.Athlete of(Settings settings, String id) {
    return in(settings, id, (athletes, athlete) -> athlete);
  }

  /**
   * Runs an action on the athlete with an id.
   *
   * @throws CommandFailure as {@link #of}
   */
  public static <T> T in(
      Settings settings, String id, BiFunction<Athletes, Athletes.Athlete, T> action) {
    try (Ledger ledger =
        LedgerFile.openExisting(settings).orElseThrow(() -> unknown(id, List.of()))) {
      Athletes athletes = new Athletes(ledger, Clock.systemUTC());
      Athletes.Athlete found = athletes.find(id).orElseThrow(() -> unknown(id, athletes.all()));
      return action.apply(athletes, found);
    }
  }

  private static CommandFailure unknown(String id, List<Athletes.Athlete> connected) {
    return CommandFailure.failed(
        "athlete "
            + id
            + " is not connected; connected: "
            + (connected.isEmpty()
                ? "nobody"
                : String.join(", ", connected.stream().map(Athletes.Athlete::id).toList())));
  }
}
