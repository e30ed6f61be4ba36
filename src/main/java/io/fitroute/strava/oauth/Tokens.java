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
 * Provides valid access tokens.
 *
 * <p>An access token is valid for six hours. A refresh may issue a new refresh token and invalidate
 * the old one, so only one process refreshes an athlete's tokens at a time, and the result is on
 * disk before it is used.
 */
public final class Tokens {

  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  /** Less than the hour within which Strava returns the same token. */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  /** Gives another process three seconds to store the tokens it received. */
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
   * An access token for an athlete, refreshed first if it expires soon.
   *
   * @throws UnknownAthlete if the athlete is not connected
   * @throws AthleteNotKnownYet if this may be the owner of configured tokens
   * @throws MustReconnect if the tokens are no longer valid
   * @throws TokenRefreshInProgress if another process takes long to refresh them
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
   * A replacement for an access token that Strava has just refused.
   *
   * @throws MustReconnect if there is none
   * @throws TokenRefreshInProgress if another process takes long to refresh them
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

  /** While the owner of configured tokens is unknown, it may be any athlete. */
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
   * Another process may have taken so long to refresh them that it counted as dead; it may be about
   * to store the new ones.
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

  /** Returns false when the service is stopping. */
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
