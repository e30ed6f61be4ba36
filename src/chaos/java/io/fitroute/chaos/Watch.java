package io.fitroute.chaos;

import io.fitroute.simulator.AthleteTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the ledger during a run and simulates time and people: the window of an exhausted budget
 * ends, and athletes reconnect when asked to.
 */
final class Watch {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** Longer than the backoff schedules of a run: a longer wait is for a window to end. */
  private static final Duration LONG = Duration.ofSeconds(10);

  /** How long such a wait is observed before the window ends. */
  private static final Duration WAIT_WATCHED = Duration.ofSeconds(1);

  /** The maximum time from the admission of a request to its arrival at Strava. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(100);

  private static final Duration QUARTER_AND_MORE = Duration.ofHours(1);

  /** A refresh that took longer before a kill was not interrupted by it. */
  private static final Duration LONGEST_REFRESH = Duration.ofMillis(1_500);

  private final World world;
  private final List<Instant> windowEnds = new ArrayList<>();
  private final List<Violation> lost = new ArrayList<>();
  private Instant looked = Instant.EPOCH;
  private Optional<Instant> waitingSince = Optional.empty();
  private final Set<Long> cutOff = new HashSet<>();
  private int refreshesCut;

  Watch(World world) {
    this.world = world;
  }

  /** When windows ended in this run. */
  List<Instant> windowEnds() {
    return windowEnds;
  }

  /** Tokens that were lost without need. */
  List<Violation> lost() {
    return lost;
  }

  /**
   * The number of athletes whose tokens were lost because a service was killed after Strava had
   * replaced them and before they were stored, which is unavoidable.
   */
  int refreshesCut() {
    return refreshesCut;
  }

  /** Checks, unless it has just done so or no service is running. */
  void look() {
    Instant now = Instant.now();
    if (!world.isServed() || looked.plus(BETWEEN_LOOKS).isAfter(now)) {
      return;
    }
    looked = now;
    world.ledger().lost().forEach(this::reconnect);
    List<Long> known = world.ledger().athletes();
    Plan.ATHLETES.stream().filter(athlete -> !known.contains(athlete)).forEach(this::connectAgain);
    if (!world.ledger().isAnyDueAfter(LONG)) {
      waitingSince = Optional.empty();
    } else if (waitingSince.isEmpty()) {
      waitingSince = Optional.of(now);
    } else if (waitingSince.get().plus(WAIT_WATCHED).isBefore(now) && !isAnyUnderWay()) {
      endWindow();
    }
  }

  /**
   * A request must not begin in one window and be counted in the next. Strava counts a request it
   * processes late even if nobody waits for the response any more.
   */
  private boolean isAnyUnderWay() {
    Instant longAgo = Instant.now().minus(World.LONGEST_DELAY).minus(ON_ITS_WAY);
    return world.strava().requests().stream()
        .anyMatch(request -> request.status() == 0 && request.at().isAfter(longAgo));
  }

  /** Ends the window and all other waits, unless a request is in progress. */
  private void endWindow() {
    boolean ended = world.ledger().passTime(QUARTER_AND_MORE, this::forgetUsage);
    if (ended) {
      waitingSince = Optional.empty();
    }
  }

  /** Runs while no request is admitted, so that earlier ones arrive meanwhile. */
  private boolean forgetUsage() {
    World.sleep(ON_ITS_WAY);
    boolean calm = !isAnyUnderWay();
    if (calm) {
      windowEnds.add(Instant.now());
      world.strava().resetRateLimits();
    }
    return calm;
  }

  private void reconnect(LedgerView.Lost athlete) {
    AthleteTokens current = world.strava().tokensOf(athlete.athleteId()).orElseThrow();
    if (current.refreshToken().equals(athlete.refreshToken())) {
      lost.add(
          Violation.of(
              Promise.CONNECTED,
              athlete + " was asked to reconnect, and Strava would still accept the tokens"));
    } else if (wasCut()) {
      refreshesCut++;
      cutOff.add(athlete.athleteId());
    } else {
      lost.add(
          Violation.of(
              Promise.CONNECTED,
              athlete + " was asked to reconnect, and no refresh was under way at a kill"));
    }
    connect(athlete.athleteId());
  }

  /**
   * The athletes who lost their tokens this way. Strava refuses these tokens, which also confirms a
   * withdrawn permission, so a false report of one is believed.
   */
  Set<Long> cutOff() {
    return cutOff;
  }

  private void connectAgain(long athlete) {
    if (!cutOff.contains(athlete) && wasCut()) {
      refreshesCut++;
      cutOff.add(athlete);
    }
    if (!cutOff.contains(athlete)) {
      lost.add(
          Violation.of(
              Promise.CONNECTED, "athlete " + athlete + " was forgotten without a reason"));
    }
    connect(athlete);
  }

  private void connect(long athlete) {
    world.ledger().connect(athlete, world.strava().connect(athlete));
  }

  /**
   * Whether Strava answered a refresh around the time a service was killed or could not store
   * anything.
   */
  private boolean wasCut() {
    return world.strava().requests().stream()
        .filter(request -> request.path().equals(FaultMix.TOKEN) && request.status() == 200)
        .anyMatch(
            request ->
                world.kills().stream()
                        .anyMatch(
                            kill ->
                                request.at().isAfter(kill.minus(LONGEST_REFRESH))
                                    && request.at().isBefore(kill.plus(LONGEST_REFRESH)))
                    || world.interruptions().stream()
                        .anyMatch(
                            time ->
                                time.touches(
                                    request.at().minus(LONGEST_REFRESH),
                                    request.at().plus(LONGEST_REFRESH))));
  }
}
