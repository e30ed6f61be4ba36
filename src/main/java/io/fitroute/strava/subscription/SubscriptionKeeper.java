package io.fitroute.strava.subscription;

import io.fitroute.notice.Notices;
import io.fitroute.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the webhook subscription in place: checks it from time to time and decides what to do. A
 * subscription for another callback is only replaced with permission.
 */
public final class SubscriptionKeeper {

  /** The subject of its notice. */
  public static final String SUBJECT = "subscription";

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionKeeper.class);
  private static final Duration WHEN_WELL = Duration.ofHours(6);
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(30);

  /** Not a problem without a public address, where the list of activities is polled instead. */
  private static final String NONE_WITHOUT_ADDRESS =
      "The application has no webhook subscription, so Strava announces no activities."
          + " Set webhook.public-url, and the service creates one.";

  private final Callback callback;
  private final Leave leave;
  private final boolean polled;
  private final Notices notices;
  private final Clock clock;
  private final AtomicReference<Schedule> schedule =
      new AtomicReference<>(new Schedule(Instant.EPOCH, FIRST_RETRY));

  /**
   * @param polled whether the list of activities is polled as well
   */
  public SubscriptionKeeper(
      Callback callback, Leave leave, boolean polled, Notices notices, Clock clock) {
    this.callback = callback;
    this.leave = leave;
    this.polled = polled;
    this.notices = notices;
    this.clock = clock;
  }

  /** Takes its configuration from the settings. */
  public static SubscriptionKeeper of(
      Settings settings, Callback callback, Notices notices, Clock clock) {
    return new SubscriptionKeeper(
        callback,
        Leave.valueOf(settings.choice("webhook.subscription").toUpperCase(Locale.ROOT)),
        settings.integer("reconcile.share") > 0,
        notices,
        clock);
  }

  /**
   * The next check.
   *
   * @param retry the delay before the check after a failure
   */
  private record Schedule(Instant next, Duration retry) {}

  /** What may be done automatically. */
  public enum Leave {
    /** Create a missing subscription. */
    KEEP,
    /** Also replace a subscription that points elsewhere. */
    REPLACE,
    /** Only check. */
    OFF
  }

  /** What is to be done. */
  public enum Plan {
    NOTHING,
    CREATE,
    REPLACE
  }

  /** Whether a check is due. */
  public boolean isDue() {
    return !clock.instant().isBefore(schedule.get().next());
  }

  /**
   * Decides what is to be done.
   *
   * @param found none or one subscription
   * @throws SubscriptionRefused if the necessary change is not permitted
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
        callback.address().isEmpty()
            ? NONE_WITHOUT_ADDRESS
            : "The application has no webhook subscription, so Strava announces no activities."
                + " Create one with ./fitroute subscription create.");
  }

  /** Records success. */
  public void noteWell(@Variable("plan") Plan done) {
    if (done != Plan.NOTHING) {
      LOG.info("The webhook subscription points to this service now");
    }
    notices.settle(SUBJECT);
    schedule.set(new Schedule(clock.instant().plus(WHEN_WELL), FIRST_RETRY));
  }

  /** Records a problem; the next check follows soon. */
  public void noteTrouble(@Variable("trouble") String sentence) {
    if (polled && sentence.equals(NONE_WITHOUT_ADDRESS)) {
      noteWell(Plan.NOTHING);
      return;
    }
    notices.raise(
        SUBJECT,
        "there is a problem with the webhook subscription: see ./fitroute status",
        sentence);
    lookAgainLater();
  }

  /** Records that the check failed; a single failure is not a problem yet. */
  public void noteSilence(@Variable("trouble") String why) {
    String sentence = "The webhook subscription could not be checked: " + why;
    if (schedule.get().retry().equals(FIRST_RETRY)) {
      LOG.warn("{}", sentence);
      lookAgainLater();
    } else {
      noteTrouble(sentence);
    }
  }

  private void lookAgainLater() {
    schedule.updateAndGet(
        last -> new Schedule(clock.instant().plus(last.retry()), afterRetry(last.retry())));
  }

  private static Duration afterRetry(Duration retry) {
    Duration twice = retry.multipliedBy(2);
    return twice.compareTo(LONGEST_RETRY) < 0 ? twice : LONGEST_RETRY;
  }
}
