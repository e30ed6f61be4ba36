package io.fitroute.strava;

import io.fitroute.strava.Athletes.Athlete;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives out access tokens that are good for the next request.
 *
 * <p>An access token lives six hours; a refresh may hand out a new refresh token, and the old one
 * is then dead. So one refresh is made at a time for an athlete, whatever number of processes work
 * on the ledger, and what it yields is on disk before it is used.
 */
public final class Tokens {

  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  /** Less than the hour within which Strava would hand back the same token. */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  /** Three seconds for another process to store the tokens that Strava has given it. */
  private static final int LOOKS = 60;

  private static final long BETWEEN_LOOKS_MILLIS = 50;

  private final Athletes athletes;
  private final TokenSeeds seeds;
  private final Renewals renewals;
  private final TokenEndpoint endpoint;
  private final Clock clock;
  private final Map<String, Object> oneAtATime = new ConcurrentHashMap<>();

  public Tokens(
      Athletes athletes, TokenSeeds seeds, Renewals renewals, TokenEndpoint endpoint, Clock clock) {
    this.athletes = athletes;
    this.seeds = seeds;
    this.renewals = renewals;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /**
   * An access token for an athlete, renewed first if it is about to end.
   *
   * @throws UnknownAthlete if nobody connected this athlete
   * @throws AthleteNotKnownYet if this may be the one to whom given tokens belong
   * @throws MustReconnect if the tokens are of no use any more
   * @throws TokensInRenewal if another process takes long to renew them
   */
  public String accessToken(@Variable("athlete") String athleteId) {
    Athlete athlete = usable(athleteId);
    if (!endsSoon(athlete)) {
      return athlete.accessToken();
    }
    synchronized (lock(athleteId)) {
      Athlete current = usable(athleteId);
      return endsSoon(current) ? refresh(current) : current.accessToken();
    }
  }

  /**
   * An access token in place of one that Strava has just refused.
   *
   * @throws MustReconnect if there is none to be had
   * @throws TokensInRenewal if another process takes long to renew them
   */
  public String insteadOf(
      @Variable("token") String refused, @Variable("athlete") String athleteId) {
    synchronized (lock(athleteId)) {
      Athlete current = usable(athleteId);
      return current.accessToken().equals(refused) ? refresh(current) : current.accessToken();
    }
  }

  private Object lock(String athleteId) {
    return oneAtATime.computeIfAbsent(athleteId, id -> new Object());
  }

  private Athlete usable(String athleteId) {
    Athlete athlete = athletes.find(athleteId).orElseThrow(() -> unknown(athleteId));
    athlete
        .mustReconnect()
        .ifPresent(
            why -> {
              throw new MustReconnect(athleteId, why);
            });
    return athlete;
  }

  /** As long as it is open whose the given tokens are, it may be anybody. */
  private RuntimeException unknown(String athleteId) {
    Optional<String> refusal = seeds.refusal();
    if (refusal.isPresent()) {
      return new MustReconnect(athleteId, refusal.get());
    }
    return seeds.unknown().isEmpty()
        ? new UnknownAthlete(athleteId)
        : new AthleteNotKnownYet(athleteId);
  }

  private boolean endsSoon(Athlete athlete) {
    return athlete.expiresAt().minus(AHEAD).isBefore(clock.instant());
  }

  private String refresh(Athlete athlete) {
    if (athlete.refreshToken().isEmpty()) {
      return mustReconnect(athlete, "the access token has ended and there is no refresh token");
    }
    return renewedByOne(athlete);
  }

  private String renewedByOne(Athlete athlete) {
    for (int look = 0; look < LOOKS; look++) {
      if (renewals.begin(athlete.id())) {
        try {
          Athlete current = usable(athlete.id());
          return isUnchanged(current, athlete) ? renew(current) : current.accessToken();
        } finally {
          renewals.end(athlete.id());
        }
      }
      if (!sleep(look)) {
        break;
      }
      Athlete current = usable(athlete.id());
      if (!isUnchanged(current, athlete)) {
        return current.accessToken();
      }
    }
    throw new TokensInRenewal(athlete.id());
  }

  private String renew(Athlete athlete) {
    TokenGrant grant;
    try {
      grant = endpoint.refresh(athlete.refreshToken());
    } catch (RefreshRefused e) {
      return replacedMeanwhile(athlete, e);
    }
    athletes.renew(athlete.id(), grant);
    LOG.info("Renewed the tokens of {}; good until {}", athlete, grant.expiresAt());
    return grant.accessToken();
  }

  /**
   * Another process on the same ledger may have taken so long to renew them that it counted as
   * dead; then it is about to store the new ones, if it has not done so yet.
   */
  private String replacedMeanwhile(Athlete athlete, RefreshRefused refusal) {
    Athlete current = usable(athlete.id());
    for (int look = 0; look < LOOKS && isUnchanged(current, athlete) && sleep(look); look++) {
      current = usable(athlete.id());
    }
    return isUnchanged(current, athlete)
        ? mustReconnect(athlete, refusal.getMessage())
        : current.accessToken();
  }

  private static boolean isUnchanged(Athlete current, Athlete before) {
    return current.refreshToken().equals(before.refreshToken())
        && current.accessToken().equals(before.accessToken());
  }

  /** Returns false when the service is going down. */
  private static boolean sleep(int look) {
    try {
      TimeUnit.MILLISECONDS.sleep(Math.min(1 + 3 * look, BETWEEN_LOOKS_MILLIS));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String mustReconnect(Athlete athlete, String why) {
    athletes.markMustReconnect(athlete, why);
    MustReconnect failure = new MustReconnect(athlete.id(), why);
    LOG.warn(failure.getMessage());
    throw failure;
  }
}
