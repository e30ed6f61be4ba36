package io.fitroute.cli;

import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.runtime.WorkClient;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.Athletes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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

  /**
   * The id of the athlete whom a command is about: the one chosen, or the only one.
   *
   * @throws CommandFailure if nobody is connected, or several are and none was chosen
   */
  static String chosen(WorkClient workClient, Optional<Long> choice) throws InterruptedException {
    if (choice.isPresent()) {
      return choice.get().toString();
    }
    List<String> connected = workClient.connectedAthletes();
    return switch (connected.size()) {
      case 0 -> throw CommandFailure.notConfigured(workClient.whyNobodyIsConnected());
      case 1 -> connected.get(0);
      default ->
          throw CommandFailure.wrongUsage(
              "several athletes are connected; choose one with --athlete: "
                  + String.join(", ", connected));
    };
  }

  static CommandFailure unknown(String id, List<Athletes.Athlete> connected) {
    return CommandFailure.failed(
        "athlete "
            + id
            + " is not connected; connected: "
            + (connected.isEmpty()
                ? "nobody"
                : String.join(", ", connected.stream().map(Athletes.Athlete::id).toList())));
  }
}
