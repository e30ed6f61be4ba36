package io.fitroute.history;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.Budget;
import io.fitroute.strava.subscription.Callback;
import io.fitroute.strava.subscription.PushSubscription;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the service learns of activities: from a webhook subscription that points here, or by polling
 * the list of activities; and when the list is polled next.
 */
public final class EventSource {

  private static final Duration WITH_WEBHOOK = Duration.ofHours(6);
  private static final Duration WITHOUT = Duration.ofMinutes(15);
  private static final Duration DAY = Duration.ofDays(1);

  /** The subscription is checked every six hours; two checks may fail. */
  private static final Duration SEEN_OF_LATE = Duration.ofHours(7);

  /** The daily read limit of a new application. */
  private static final int READS_OF_A_DAY = 1000;

  private final Ledger ledger;
  private final Callback callback;
  private final Optional<Duration> every;
  private final int share;
  private final Clock clock;

  /**
   * @param every how often the list is requested; empty to choose by the source of events
   * @param share the share of a day's read requests, in percent; 0 switches polling off
   */
  public EventSource(
      Ledger ledger, Callback callback, Optional<Duration> every, int share, Clock clock) {
    this.ledger = ledger;
    this.callback = callback;
    this.every = every;
    this.share = share;
    this.clock = clock;
  }

  /** Takes its configuration from the settings. */
  public static EventSource of(Ledger ledger, Settings settings, Clock clock) {
    Optional<URI> webhook =
        settings
            .optionalText("webhook.public-url")
            .map(url -> URI.create(url + settings.text("webhook.path")));
    return new EventSource(
        ledger,
        new Callback(ApiApplication.of(settings), webhook, Optional.empty()),
        settings.optionalDuration("reconcile.every"),
        settings.integer("reconcile.share"),
        clock);
  }

  /** Whether the list of activities is polled at all. */
  public boolean isPolled() {
    return share > 0;
  }

  /**
   * Whether the webhook subscription points here: it existed at the last check, and its callback is
   * ours or an event with its id has arrived.
   */
  public boolean isByWebhook() {
    Optional<PushSubscription> subscription =
        ledger
            .read()
            .sql("select id, callback_url from subscription where seen_at >= ?")
            .param(clock.instant().minus(SEEN_OF_LATE).toEpochMilli())
            .query((row, number) -> new PushSubscription(row.getLong(1), row.getString(2), ""))
            .optional();
    return subscription
        .filter(
            found ->
                callback.isOf(found)
                    || Rows.any(
                        ledger.read(),
                        "select count(*) from (select 1 from event where subscription_id = ? limit 1) one",
                        found.id()))
        .isPresent();
  }

  /**
   * The time between two requests for an athlete's list, which grows with the number of athletes.
   */
  public Duration interval() {
    long athletes = Rows.count(ledger.read(), "select count(*) from athlete");
    int reads =
        Budget.left(ledger, clock.instant()).stream()
            .filter(left -> left.family().equals("read"))
            .map(Budget.Left::dayLimit)
            .findFirst()
            .orElse(READS_OF_A_DAY);
    Duration wanted = every.orElse(isByWebhook() ? WITH_WEBHOOK : WITHOUT);
    Duration least = DAY.multipliedBy(100 * athletes).dividedBy((long) reads * share);
    return wanted.compareTo(least) >= 0 ? wanted : least;
  }

  /**
   * The next request for an athlete's list.
   *
   * @param when in the past if it is due
   * @param trouble why the last one failed; else empty
   */
  public record Next(String athleteId, Instant when, Optional<String> trouble) {}

  /** The next request for each athlete whose list can be requested, earliest first. */
  public List<Next> next() {
    if (!isPolled()) {
      return List.of();
    }
    Duration interval = interval();
    return ledger
        .read()
        .sql(
            "select athlete.id, asked_at, requests, retry_at, trouble from athlete"
                + " left join poll on poll.athlete_id = athlete.id"
                + " where athlete.state = 'connected' and athlete.paused = 0")
        .query(
            (row, number) -> {
              Instant asked = Instant.ofEpochMilli(row.getLong("asked_at"));
              Instant retry = Instant.ofEpochMilli(row.getLong("retry_at"));
              Instant due =
                  asked.equals(Instant.EPOCH)
                      ? Instant.EPOCH
                      : asked.plus(interval.multipliedBy(Math.max(1, row.getInt("requests"))));
              return new Next(
                  row.getString("id"),
                  retry.isAfter(due) ? retry : due,
                  Optional.ofNullable(row.getString("trouble")));
            })
        .list()
        .stream()
        .sorted((one, other) -> one.when().compareTo(other.when()))
        .toList();
  }

  /** How the service learns of activities, and when the list is requested next, as text. */
  public String describe() {
    if (!isPolled()) {
      return isByWebhook() ? "by webhook only" : "not at all: reconcile.share is 0";
    }
    String how =
        isByWebhook()
            ? "by webhook, and by polling the list of activities every "
            : "by polling the list of activities every ";
    Duration interval = interval();
    String each =
        interval.toMinutes() >= 120 && interval.toMinutesPart() == 0
            ? interval.toHours() + " h"
            : interval.toMinutes() > 0
                ? interval.toMinutes() + " min"
                : interval.toSeconds() + " s";
    return how
        + each
        + next().stream()
            .findFirst()
            .map(
                next ->
                    (next.when().isAfter(clock.instant())
                            ? ", next at " + next.when()
                            : ", now due")
                        + next.trouble().map(why -> " (last attempt: " + why + ")").orElse(""))
            .orElse("; no athlete is connected");
  }
}
