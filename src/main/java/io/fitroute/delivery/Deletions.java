package io.fitroute.delivery;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.settings.Settings;
import io.fitroute.sink.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of deleted activities, and how many deletions are too many. */
public final class Deletions {

  private static final String STRANGERS = "strangers";
  private static final Duration BRAKE_WINDOW = Duration.ofMinutes(10);
  private static final String RECENT = SqlText.named("recent-deletions");
  private static final String BURY = SqlText.named("confirm-deletion");
  private static final String LATER_DELETION = SqlText.named("later-deletion");
  private static final String MARK = SqlText.named("mark-deleted");
  private static final String HELD = SqlText.named("held-deletions");

  /** When a deletion was confirmed that does not count for the brake, as there was no file. */
  private static final long NEVER = 0;

  private final Ledger ledger;
  private final Deliveries deliveries;
  private final Predicate<String> clears;
  private final int brake;
  private final Clock clock;

  /**
   * @param clears whether a sink can do what {@code on-delete} says
   * @param brake more deletions than this of one athlete within ten minutes have to be confirmed by
   *     hand
   */
  public Deletions(
      Ledger ledger, Deliveries deliveries, Predicate<String> clears, int brake, Clock clock) {
    this.ledger = ledger;
    this.deliveries = deliveries;
    this.clears = clears;
    this.brake = brake;
    this.clock = clock;
  }

  /** With the operation and the brake that are set. */
  public static Deletions of(
      Settings settings, Ledger ledger, Deliveries deliveries, Sinks sinks, Clock clock) {
    return new Deletions(
        ledger,
        deliveries,
        sink -> sinks.can(sink, Operation.of(settings.choice("on-delete"))),
        settings.integer("removal.brake"),
        clock);
  }

  /** Whether no sink has anything of the activity. */
  public boolean isNothingDelivered(@Variable("event") Event event) {
    return deliveries.of(event.objectId()).isEmpty();
  }

  /** Whether there is nothing that the activity's deletion could change. */
  public boolean isNothingKnown(@Variable("event") Event event) {
    return isNothingDelivered(event)
        && !Rows.any(
            ledger.read(),
            "select count(*) from activity where id = ? and deleted_at is null",
            event.objectId());
  }

  /** Whether the activity is somebody else's than an event says; Strava shows it to nobody else. */
  public boolean isOfAnother(@Variable("event") Event event) {
    return Rows.any(
        ledger.read(),
        "select count(*) from activity where id = ? and athlete_id not in (?, '')",
        event.objectId(),
        event.ownerId());
  }

  /** Begins to clear away. */
  public void begin(Exchange exchange) {
    exchange.setVariable(STRANGERS, new ConcurrentLinkedQueue<String>());
  }

  /** Where the activity's file is, at sinks that can clear it away. */
  public List<Delivery> clearable(@Variable("event") Event event) {
    return deliveries.of(event.objectId()).stream()
        .filter(delivery -> clears.test(delivery.sink()))
        .toList();
  }

  /** Where a file stays after the activity's was cleared away elsewhere, as the end of a reason. */
  public String remainder(Exchange exchange, @Variable("event") Event event) {
    String strangers = String.join(", ", strangers(exchange));
    String places =
        deliveries.of(event.objectId()).stream()
            .map(Delivery::place)
            .filter(place -> !strangers(exchange).contains(place))
            .collect(Collectors.joining(", "));
    return (places.isEmpty() ? "" : "; kept where this is not supported: " + places)
        + (strangers.isEmpty()
            ? ""
            : "; kept because the content differs from what was delivered: " + strangers);
  }

  @SuppressWarnings("unchecked")
  private static Collection<String> strangers(Exchange exchange) {
    return exchange.getVariable(STRANGERS, List.of(), Collection.class);
  }

  /**
   * Takes note that Strava has confirmed that the activity is gone, unless the athlete has deleted
   * so much of late that somebody should look at it first. Several workers are let pass one by one.
   *
   * @return whether it is held back
   */
  public boolean isBraked(@Variable("event") Event event) {
    Instant now = clock.instant();
    return ledger.write(
        jdbc -> {
          if (isBegun(jdbc, event)) {
            return false;
          }
          boolean braked = !isReleased(jdbc, event) && isTooMany(jdbc, event, now);
          confirm(jdbc, event, deletedAt(event), braked, now.toEpochMilli());
          if (!braked) {
            mark(jdbc, event, deletedAt(event), now);
          }
          return braked;
        });
  }

  /** Whether an attempt at the same deletion was let pass before. */
  private static boolean isBegun(JdbcClient jdbc, Event event) {
    return Rows.any(
        jdbc,
        "select count(*) from tombstone where activity_id = ? and athlete_id = ? and held = 0",
        event.objectId(),
        event.ownerId());
  }

  private static boolean isReleased(JdbcClient jdbc, Event event) {
    return jdbc.sql("select released from event where id = ?")
            .param(event.id())
            .query(Integer.class)
            .single()
        == 1;
  }

  private boolean isTooMany(JdbcClient jdbc, Event event, Instant now) {
    return jdbc.sql(RECENT)
            .param("athleteId", event.ownerId())
            .param("activityId", event.objectId())
            .param("since", now.minus(BRAKE_WINDOW).toEpochMilli())
            .query(Integer.class)
            .single()
        >= brake;
  }

  /** An event may say anything; what was not told before it came did not happen later. */
  private static long deletedAt(Event event) {
    return Math.min(event.event().eventTime().toEpochMilli(), event.receivedAt().toEpochMilli());
  }

  private static int confirm(
      JdbcClient jdbc, Event event, long deletedAt, boolean held, long confirmedAt) {
    return jdbc.sql(BURY)
        .param("activityId", event.objectId())
        .param("athleteId", event.ownerId())
        .param("eventTime", deletedAt)
        .param("held", held ? 1 : 0)
        .param("confirmedAt", confirmedAt)
        .update();
  }

  /** Notes that Strava has confirmed that an activity is gone of which there is no file. */
  public void note(@Variable("event") Event event) {
    ledger.write(jdbc -> mark(jdbc, event, deletedAt(event), clock.instant()));
  }

  /** The events whose deletions wait until somebody has looked at them. */
  public List<Long> held() {
    return ledger.read().sql(HELD).query(Long.class).list();
  }

  private static int mark(JdbcClient jdbc, Event event, long deletedAt, Instant known) {
    return jdbc.sql(MARK)
        .param("id", event.objectId())
        .param("athleteId", event.ownerId())
        .param("at", deletedAt)
        .param("seen", known.toEpochMilli())
        .update();
  }

  /**
   * Whether the activity is gone for good. Only Strava itself can tell otherwise, by an event that
   * is younger than the deletion: for some scopes an activity that is hidden counts as deleted, and
   * as created when it is shown again.
   */
  public boolean isConfirmed(@Variable("event") Event event) {
    Optional<Long> deleted =
        ledger
            .read()
            .sql(
                "select event_time from tombstone"
                    + " where activity_id = ? and athlete_id = ? and held = 0")
            .params(event.objectId(), event.ownerId())
            .query(Long.class)
            .optional();
    boolean shownAgain =
        event.priority() == Priority.LIVE
            && event.aspect().equals("create")
            && deleted.filter(at -> event.event().eventTime().toEpochMilli() > at).isPresent();
    return deleted.isPresent() && !shownAgain;
  }

  /**
   * Whether an event tells that the activity was deleted after the one in hand. That alone is never
   * believed; but then a 404 is the confirmation, and not a sign that something is not ready yet.
   */
  public boolean isToldDeleted(@Variable("event") Event event) {
    return toldDeleted(event).isPresent();
  }

  private Optional<Long> toldDeleted(Event event) {
    return ledger
        .read()
        .sql(LATER_DELETION)
        .param("objectType", event.objectType())
        .param("objectId", event.objectId())
        .param("eventTime", event.event().eventTime().toEpochMilli())
        .query(Long.class)
        .optional();
  }

  /** Notes that Strava has confirmed such a deletion, before anything of it was fetched. */
  public void confirmUnfetched(@Variable("event") Event event) {
    toldDeleted(event)
        .ifPresent(
            at ->
                ledger.write(
                    jdbc -> {
                      long deletedAt = Math.min(at, clock.millis());
                      mark(jdbc, event, deletedAt, clock.instant());
                      return confirm(jdbc, event, deletedAt, false, NEVER);
                    }));
  }

  /** Has one delivery, the body, go into the folder {@code trash/}, where it keeps its path. */
  public void trash(Exchange exchange, @Variable("event") Event event, @Body Delivery delivery) {
    exchange.setVariable("delivery", delivery);
    Delivery trashed = delivery.at("trash/" + delivery.path(), delivery.deliveredAt());
    DeliveryIntents.begin(
        exchange, DeliveryIntent.instead(event, Operation.TRASH, trashed, delivery), null);
  }

  /** Addresses the wish to remove one delivery, the body, to its sink. */
  public void purge(Exchange exchange, @Body Delivery delivery) {
    exchange.setVariable("delivery", delivery);
    exchange.setVariable("sink", delivery.sink());
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader("operation", Operation.PURGE.word());
    message.setHeader("file", delivery.path());
    message.setHeader("sha256", delivery.sha256());
  }

  /**
   * Notes that a sink no longer has the file. What is known of it stays if another one is there.
   */
  public void record(
      Exchange exchange,
      @Variable("delivery") Delivery delivery,
      @Variable("answer") SinkAnswer answer) {
    if (answer.mismatch()) {
      strangers(exchange).add(delivery.place());
    } else {
      deliveries.forget(delivery);
    }
  }
}
