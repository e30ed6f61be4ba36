package io.fitroute.strava.subscription;

import io.fitroute.inbox.NewEvent;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.webhook.ForeignSubscription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's webhook subscription. Strava allows one per application. Its id is in every
 * event and is the only way to distinguish our events from others.
 */
public final class KnownSubscriptions {

  private static final Logger LOG = LoggerFactory.getLogger(KnownSubscriptions.class);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMinutes(1);

  private final ApiApplication application;
  private final Ledger ledger;
  private final Clock clock;
  private volatile Set<Long> known;
  private final AtomicReference<Question> last =
      new AtomicReference<>(new Question(Instant.EPOCH, false));

  public KnownSubscriptions(ApiApplication application, Ledger ledger, Clock clock) {
    this.application = application;
    this.ledger = ledger;
    this.clock = clock;
    this.known = inLedger();
  }

  /** The last request to Strava for our subscription, and whether it was answered. */
  private record Question(Instant asked, boolean answered) {}

  /**
   * Accepts an event of our subscription; any event while ours is unknown.
   *
   * @throws ForeignSubscription otherwise; the event has to be sent again if our subscription may
   *     have been replaced, until Strava has confirmed it
   */
  public void check(NewEvent event) {
    long id = event.subscriptionId();
    if (!known.contains(id)) {
      known = inLedger();
      if (!known.isEmpty() && !known.contains(id)) {
        throw isSettled() ? ForeignSubscription.of(id) : ForeignSubscription.perhaps(id);
      }
    }
  }

  private boolean isSettled() {
    Question question = last.get();
    return !application.isComplete() || (question.answered() && isOfLate(question));
  }

  private boolean isOfLate(Question question) {
    return question.asked().plus(BETWEEN_QUESTIONS).isAfter(clock.instant());
  }

  /** Read again because a command may have replaced the subscription. */
  private Set<Long> inLedger() {
    return stored(ledger).map(Set::of).orElseGet(Set::of);
  }

  /** The id of our subscription in a ledger; empty if unknown. */
  public static Optional<Long> stored(Ledger ledger) {
    return ledger.read().sql("select id from subscription").query(Long.class).optional();
  }

  /** Whether Strava may be asked for our subscription now; true once per interval. */
  public boolean isWorthAsking() {
    Question question = last.get();
    return application.isComplete()
        && !isOfLate(question)
        && last.compareAndSet(question, new Question(clock.instant(), false));
  }

  /**
   * Records the subscription reported by Strava. If there is none, the known one is kept because
   * its last events may still arrive.
   *
   * @return the argument
   */
  public List<PushSubscription> learn(@Body List<PushSubscription> found) {
    found.forEach(this::remember);
    last.updateAndGet(question -> new Question(question.asked(), true));
    if (found.isEmpty()) {
      ledger.write(jdbc -> jdbc.sql("update subscription set seen_at = 0").update());
    }
    return found;
  }

  /** Records that our subscription has ended and was not replaced. */
  public void forget() {
    ledger.write(jdbc -> jdbc.sql("delete from subscription").update());
    known = Set.of();
  }

  private void remember(PushSubscription found) {
    long now = clock.millis();
    ledger.write(
        jdbc -> {
          jdbc.sql("delete from subscription").update();
          return jdbc.sql("insert into subscription (id, callback_url, seen_at) values (?, ?, ?)")
              .params(found.id(), found.callbackUrl(), now)
              .update();
        });
    if (!known.equals(Set.of(found.id()))) {
      LOG.info("Our webhook subscription is {}", found.id());
    }
    known = Set.of(found.id());
  }

  /** Whether the id of our subscription is known. */
  public boolean isKnown() {
    return !known.isEmpty();
  }
}
