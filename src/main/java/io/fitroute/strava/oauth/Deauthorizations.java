package io.fitroute.strava.oauth;

import io.fitroute.inbox.Event;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.strava.api.Budget;
import io.fitroute.strava.api.Cooldowns;
import io.fitroute.strava.api.StravaRefusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Variable;

/**
 * Handles athletes who withdraw their permission. Strava reports this as an update of the athlete
 * with {@code authorized} false; some integrations expected a deletion of the athlete, so that is
 * handled too.
 */
public final class Deauthorizations {

  private static final String FORGET = SqlText.named("forget-athlete");
  private static final String FORGET_UPLOADS =
      "delete from upload where athlete_id = ? and state in ('waiting', 'sending', 'processing')";
  private static final String SETTLE = SqlText.named("settle-events-of-athlete");
  private static final String CONNECTED =
      "select count(*) from athlete where id = ? and state = 'connected'";

  /** Limits the requests to Strava, because anybody can post such events. */
  private static final Duration BETWEEN_CHECKS = Duration.ofMinutes(10);

  private static final long NO_EVENT = 0;
  private static final int CONNECTED_AGAIN = -1;

  private final Ledger ledger;
  private final Cooldowns cooldowns;
  private final Clock clock;

  public Deauthorizations(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.cooldowns = new Cooldowns(ledger, clock);
    this.clock = clock;
  }

  /** Whether an event of an athlete is not a deauthorization. */
  public boolean isSomethingElse(@Variable("event") Event event) {
    boolean withdrawn =
        event.aspect().equals("delete")
            || (event.aspect().equals("update")
                && "false".equalsIgnoreCase(event.updates().get("authorized")));
    return !withdrawn || !event.objectId().equals(event.ownerId());
  }

  /** Records that Strava has accepted the athlete's tokens. */
  public void noteAccepted(
      @Variable("event") Event event, @Variable(Budget.ASKED_AT) Instant askedAt) {
    cooldowns.set(subject(event), askedAt.plus(BETWEEN_CHECKS), "Strava accepted the tokens");
  }

  /** Whether Strava has accepted the athlete's tokens since the event was received. */
  public boolean isAnswered(@Variable("event") Event event) {
    return cooldowns
        .of(subject(event))
        .filter(pause -> !pause.until().minus(BETWEEN_CHECKS).isBefore(event.receivedAt()))
        .isPresent();
  }

  /** Whether the last check is too recent for another one. */
  public boolean isAskedOfLate(@Variable("event") Event event) {
    return cooldowns.of(subject(event)).isPresent();
  }

  /** When Strava may be asked again. */
  public Instant nextCheck(@Variable("event") Event event) {
    return cooldowns.of(subject(event)).map(Cooldowns.Pause::until).orElseGet(clock::instant);
  }

  private static String subject(Event event) {
    return "authorization of athlete " + event.ownerId();
  }

  /**
   * Whether Strava may refuse the tokens for another reason: a process died during a refresh, so
   * new tokens may have been issued that nobody received.
   */
  public boolean isRenewalCut(@Variable("event") Event event) {
    return Rows.any(
        ledger.read(),
        "select count(*) from athlete where id = ? and renewal_cut = 1",
        event.ownerId());
  }

  /**
   * Deletes the tokens that Strava has refused and settles the events that wait for them.
   *
   * @throws StravaRefusal if the athlete has new tokens by now
   */
  public void forget(@Variable("event") Event event) {
    int ended = forget(event.ownerId(), event.id(), "the athlete withdrew the permission", false);
    if (ended == CONNECTED_AGAIN) {
      throw new StravaRefusal("the athlete has connected again in the meantime");
    }
  }

  /**
   * As {@link #forget(Event)}, without an event that requested it.
   *
   * @param reason the reason of the events it ends
   * @return the number of these events
   */
  public int forget(String athleteId, String reason) {
    return forget(athleteId, NO_EVENT, reason, true);
  }

  private int forget(String athleteId, long self, String reason, boolean evenIfConnected) {
    long now = clock.millis();
    return ledger.write(
        jdbc -> {
          if (!evenIfConnected && Rows.any(jdbc, CONNECTED, athleteId)) {
            return CONNECTED_AGAIN;
          }
          jdbc.sql(FORGET).param("id", athleteId).update();
          jdbc.sql(FORGET_UPLOADS).param(athleteId).update();
          return jdbc.sql(SETTLE)
              .param("id", athleteId)
              .param("self", self)
              .param("now", now)
              .param("reason", reason)
              .update();
        });
  }
}
