package io.fitroute.strava.subscription;

import io.fitroute.notice.Notices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the webhook subscription in place: looks at it now and then, and says what is to be done.
 * The subscription of another callback is somebody's, and is not touched without leave.
 */
public final class SubscriptionKeeper {

  /** The subject of its notice. */
  public static final String SUBJECT = "subscription";

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionKeeper.class);
  private static final Duration WHEN_WELL = Duration.ofHours(6);
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(30);

  private final Callback callback;
  private final Leave leave;
  private final Notices notices;
  private final Clock clock;
  private Instant next = Instant.EPOCH;
  private Duration retry = FIRST_RETRY;

  public SubscriptionKeeper(Callback callback, Leave leave, Notices notices, Clock clock) {
    this.callback = callback;
    this.leave = leave;
    this.notices = notices;
    this.clock = clock;
  }

  /** What it may do by itself. */
  public enum Leave {
    /** Create one where there is none. */
    KEEP,
    /** Put one in the place of one that leads elsewhere, too. */
    REPLACE,
    /** Only look. */
    OFF
  }

  /** What is to be done. */
  public enum Plan {
    NOTHING,
    CREATE,
    REPLACE
  }

  /** Whether it is time to look. */
  public synchronized boolean isDue() {
    return !clock.instant().isBefore(next);
  }

  /**
   * Says what is to be done.
   *
   * @param found none or one subscription
   * @throws SubscriptionRefused if something would have to be done that may not be
   */
  public Plan plan(@Body List<PushSubscription> found) {
    if (found.isEmpty()) {
      return planForNone();
    }
    PushSubscription subscription = found.get(0);
    if (callback.address().isEmpty() || callback.isOf(subscription)) {
      return Plan.NOTHING;
    }
    if (leave == Leave.REPLACE) {
      return Plan.REPLACE;
    }
    throw new SubscriptionRefused(
        "The application's subscription "
            + subscription.id()
            + " points to "
            + subscription.callbackUrl()
            + " and not to "
            + callback.required()
            + ", so activities are announced there. To receive them here: ./fitroute"
            + " subscription create --replace, or webhook.subscription=replace.");
  }

  private Plan planForNone() {
    if (leave != Leave.OFF && callback.address().isPresent()) {
      return Plan.CREATE;
    }
    throw new SubscriptionRefused(
        "The application has no webhook subscription, so Strava announces no activities. "
            + (callback.address().isEmpty()
                ? "Set webhook.public-url, and the service creates one."
                : "Create one with ./fitroute subscription create."));
  }

  /** Notes that all is well. */
  public synchronized void noteWell(@Variable("plan") Plan done) {
    if (done != Plan.NOTHING) {
      LOG.info("The webhook subscription points to this service now");
    }
    notices.settle(SUBJECT);
    next = clock.instant().plus(WHEN_WELL);
    retry = FIRST_RETRY;
  }

  /** Notes what is not well; it is looked at again before long. */
  public synchronized void noteTrouble(@Variable("trouble") String sentence) {
    notices.raise(
        SUBJECT,
        "there is a problem with the webhook subscription: see ./fitroute status",
        sentence);
    lookAgainLater();
  }

  /** Notes that it could not be looked at; once is no trouble yet. */
  public synchronized void noteSilence(@Variable("trouble") String why) {
    String sentence = "The webhook subscription could not be checked: " + why;
    if (retry.equals(FIRST_RETRY)) {
      LOG.warn("{}", sentence);
      lookAgainLater();
    } else {
      noteTrouble(sentence);
    }
  }

  private void lookAgainLater() {
    next = clock.instant().plus(retry);
    retry =
        retry.multipliedBy(2).compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : LONGEST_RETRY;
  }
}
