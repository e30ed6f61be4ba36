package io.fitroute.strava.oauth;

import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.MustReconnect;
import io.fitroute.strava.oauth.TokenStore.StoredTokens;
import io.fitroute.system.SystemServices;
import io.fitroute.system.SystemServices.KeyedLocks;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
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
  private final TokenStore store;
  private final ConfiguredTokens seeds;
  private final TokenRefreshLocks tokenRefreshLocks;
  private final TokenEndpoint endpoint;
  private final Clock clock;
  private final SystemServices services;
  private final KeyedLocks locks;

  public Tokens(
      Athletes athletes,
      TokenStore store,
      ConfiguredTokens seeds,
      TokenRefreshLocks tokenRefreshLocks,
      TokenEndpoint endpoint,
      SystemServices services) {
    this.athletes = athletes;
    this.store = store;
    this.seeds = seeds;
    this.tokenRefreshLocks = tokenRefreshLocks;
    this.endpoint = endpoint;
    this.clock = services.clock();
    this.services = services;
    this.locks = services.newKeyedLocks();
  }

  /**
   * An access token for an athlete, renewed first if it is about to end.
   *
   * @throws UnknownAthlete if nobody connected this athlete
   * @throws AthleteNotKnownYet if this may be the one to whom given tokens belong
   * @throws MustReconnect if the tokens are of no use any more
   * @throws TokenRefreshInProgress if another process takes long to renew them
   */
  public String accessToken(@Variable("athlete") String athleteId) {
    StoredTokens tokens = usable(athleteId);
    if (!endsSoon(tokens)) {
      return tokens.accessToken();
    }
    Lock lock = locks.of(athleteId);
    lock.lock();
    try {
      StoredTokens current = usable(athleteId);
      return endsSoon(current) ? refresh(athleteId, current) : current.accessToken();
    } finally {
      lock.unlock();
    }
  }

  /**
   * An access token in place of one that Strava has just refused.
   *
   * @throws MustReconnect if there is none to be had
   * @throws TokenRefreshInProgress if another process takes long to renew them
   */
  public String insteadOf(
      @Variable("token") String refused, @Variable("athlete") String athleteId) {
    Lock lock = locks.of(athleteId);
    lock.lock();
    try {
      StoredTokens current = usable(athleteId);
      return current.accessToken().equals(refused)
          ? refresh(athleteId, current)
          : current.accessToken();
    } finally {
      lock.unlock();
    }
  }

  private StoredTokens usable(String athleteId) {
    athletes
        .find(athleteId)
        .orElseThrow(() -> unknown(athleteId))
        .mustReconnect()
        .ifPresent(
            why -> {
              throw new MustReconnect(athleteId, why);
            });
    return store.find(athleteId).orElseThrow(() -> unknown(athleteId));
  }

  /** As long as it is open whose the given tokens are, it may be anybody. */
  private RuntimeException unknown(String athleteId) {
    Optional<String> refusal = seeds.refusal();
    if (refusal.isPresent()) {
      return new MustReconnect(athleteId, refusal.get());
    }
    boolean open = !seeds.unknown().isEmpty();
    boolean connectedMeanwhile = athletes.find(athleteId).isPresent();
    return open || connectedMeanwhile
        ? new AthleteNotKnownYet(athleteId)
        : new UnknownAthlete(athleteId);
  }

  private boolean endsSoon(StoredTokens tokens) {
    return tokens.expiresAt().minus(AHEAD).isBefore(clock.instant());
  }

  private String refresh(String athleteId, StoredTokens tokens) {
    if (tokens.refreshToken().isEmpty()) {
      return mustReconnect(
          athleteId, tokens, "the access token has expired and there is no refresh token");
    }
    return renewedByOne(athleteId, tokens);
  }

  private String renewedByOne(String athleteId, StoredTokens before) {
    for (int look = 0; look < LOOKS; look++) {
      if (tokenRefreshLocks.begin(athleteId)) {
        try {
          StoredTokens current = usable(athleteId);
          return isUnchanged(current, before) ? renew(athleteId, current) : current.accessToken();
        } finally {
          tokenRefreshLocks.end(athleteId);
        }
      }
      if (!sleep(look)) {
        break;
      }
      StoredTokens current = usable(athleteId);
      if (!isUnchanged(current, before)) {
        return current.accessToken();
      }
    }
    throw new TokenRefreshInProgress(athleteId);
  }

  private String renew(String athleteId, StoredTokens tokens) {
    TokenGrant grant;
    try {
      grant = endpoint.refresh(tokens.refreshToken());
    } catch (RefreshRefused e) {
      return replacedMeanwhile(athleteId, tokens, e);
    }
    store.renew(athleteId, grant);
    LOG.info("Refreshed the tokens of athlete {}; valid until {}", athleteId, grant.expiresAt());
    return grant.accessToken();
  }

  /**
   * Another process on the same ledger may have taken so long to renew them that it counted as
   * dead; then it is about to store the new ones, if it has not done so yet.
   */
  private String replacedMeanwhile(String athleteId, StoredTokens before, RefreshRefused refusal) {
    StoredTokens current = usable(athleteId);
    for (int look = 0; look < LOOKS && isUnchanged(current, before) && sleep(look); look++) {
      current = usable(athleteId);
    }
    return isUnchanged(current, before)
        ? mustReconnect(athleteId, before, refusal.getMessage())
        : current.accessToken();
  }

  private static boolean isUnchanged(StoredTokens current, StoredTokens before) {
    return current.generation() == before.generation();
  }

  /** Returns false when the service is going down. */
  private boolean sleep(int look) {
    try {
      services.sleep(Duration.ofMillis(Math.min(1 + 3 * look, BETWEEN_LOOKS_MILLIS)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String mustReconnect(String athleteId, StoredTokens tokens, String why) {
    athletes.markMustReconnect(athleteId, tokens.generation(), why);
    MustReconnect failure = new MustReconnect(athleteId, why);
    LOG.warn(failure.getMessage());
    throw failure;
  }
}
