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

/** Records confirmed deletions of activities, and holds them back when there are too many. */
public final class Deletions {

  private static final String OTHERS = "strangers";
  private static final Duration BRAKE_WINDOW = Duration.ofMinutes(10);
  private static final String RECENT = SqlText.named("recent-deletions");
  private static final String CONFIRM = SqlText.named("confirm-deletion");
  private static final String LATER_DELETION = SqlText.named("later-deletion");
  private static final String MARK = SqlText.named("mark-deleted");
  private static final String HELD = SqlText.named("held-deletions");

  /**
   * The confirmation time of a deletion that does not count towards the brake because there was no
   * file.
   */
  private static final long NEVER = 0;

  private final Ledger ledger;
  private final Deliveries deliveries;
  private final Predicate<String> clears;
  private final int brake;
  private final Clock clock;

  /**
   * @param clears whether a sink can carry out the setting {@code on-delete}
   * @param brake the number of deletions of one athlete within ten minutes above which they must be
   *     confirmed by hand
   */
  public Deletions(
      Ledger ledger, Deliveries deliveries, Predicate<String> clears, int brake, Clock clock) {
    this.ledger = ledger;
    this.deliveries = deliveries;
    this.clears = clears;
    this.brake = brake;
    this.clock = clock;
  }

  /** Takes the operation and the brake from the settings. */
  public static Deletions of(
      Settings settings, Ledger ledger, Deliveries deliveries, Sinks sinks, Clock clock) {
    return new Deletions(
        ledger,
        deliveries,
        sink -> sinks.can(sink, Operation.of(settings.choice("on-delete"))),
        settings.integer("removal.brake"),
        clock);
  }

  /** Whether no sink has a file of the activity. */
  public boolean isNothingDelivered(@Variable("event") Event event) {
    return deliveries.of(event.objectId()).isEmpty();
  }

  /** Whether the activity's deletion would change nothing. */
  public boolean isNothingKnown(@Variable("event") Event event) {
    return isNothingDelivered(event)
        && !Rows.any(
            ledger.read(),
            "select count(*) from activity where id = ? and deleted_at is null",
            event.objectId());
  }

  /**
   * Whether the activity belongs to a different athlete than the event says; Strava shows it to its
   * owner only.
   */
  public boolean isOfAnother(@Variable("event") Event event) {
    return Rows.any(
        ledger.read(),
        "select count(*) from activity where id = ? and athlete_id not in (?, '')",
        event.objectId(),
        event.ownerId());
  }

  /** Prepares the removal of files. */
  public void begin(Exchange exchange) {
    exchange.setVariable(OTHERS, new ConcurrentLinkedQueue<String>());
  }

  /** The activity's files at sinks that can remove them. */
  public List<Delivery> clearable(@Variable("event") Event event) {
    return deliveries.of(event.objectId()).stream()
        .filter(delivery -> clears.test(delivery.sink()))
        .toList();
  }

  /** The end of a reason: where the activity's file stays after its removal elsewhere. */
  public String remainder(Exchange exchange, @Variable("event") Event event) {
    String others = String.join(", ", others(exchange));
    String places =
        deliveries.of(event.objectId()).stream()
            .map(Delivery::place)
            .filter(place -> !others(exchange).contains(place))
            .collect(Collectors.joining(", "));
    return (places.isEmpty() ? "" : "; kept where this is not supported: " + places)
        + (others.isEmpty()
            ? ""
            : "; kept because the content differs from what was delivered: " + others);
  }

  @SuppressWarnings("unchecked")
  private static Collection<String> others(Exchange exchange) {
    return exchange.getVariable(OTHERS, List.of(), Collection.class);
  }

  /**
   * Records that Strava has confirmed the deletion, unless the athlete has deleted so many
   * activities lately that a person should look first. Workers pass one at a time.
   *
   * @return whether the deletion is held back
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

  /** Whether an earlier attempt at the same deletion was allowed. */
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

  /** Limits the time an event claims, which may be anything, to the time it was received. */
  private static long deletedAt(Event event) {
    return Math.min(event.event().eventTime().toEpochMilli(), event.receivedAt().toEpochMilli());
  }

  private static int confirm(
      JdbcClient jdbc, Event event, long deletedAt, boolean held, long confirmedAt) {
    return jdbc.sql(CONFIRM)
        .param("activityId", event.objectId())
        .param("athleteId", event.ownerId())
        .param("eventTime", deletedAt)
        .param("held", held ? 1 : 0)
        .param("confirmedAt", confirmedAt)
        .update();
  }

  /** Records that Strava has confirmed the deletion of an activity without a file. */
  public void note(@Variable("event") Event event) {
    ledger.write(jdbc -> mark(jdbc, event, deletedAt(event), clock.instant()));
  }

  /** The events whose deletions wait for a person to look at them. */
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
   * Whether the activity is deleted for good. Only a newer event confirmed by Strava can undo that:
   * for some scopes a hidden activity counts as deleted, and as created when it is shown again.
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
   * Whether an event reports that the activity was deleted after the current event. The report
   * alone is never believed, but with it a 404 confirms the deletion instead of meaning that the
   * activity is not ready yet.
   */
  public boolean isReportedDeleted(@Variable("event") Event event) {
    return reportedDeletion(event).isPresent();
  }

  private Optional<Long> reportedDeletion(Event event) {
    return ledger
        .read()
        .sql(LATER_DELETION)
        .param("objectType", event.objectType())
        .param("objectId", event.objectId())
        .param("eventTime", event.event().eventTime().toEpochMilli())
        .query(Long.class)
        .optional();
  }

  /** Records that Strava has confirmed such a deletion before the activity was fetched. */
  public void confirmUnfetched(@Variable("event") Event event) {
    reportedDeletion(event)
        .ifPresent(
            at ->
                ledger.write(
                    jdbc -> {
                      long deletedAt = Math.min(at, clock.millis());
                      mark(jdbc, event, deletedAt, clock.instant());
                      return confirm(jdbc, event, deletedAt, false, NEVER);
                    }));
  }

  /** Starts to move the delivery in the body into the folder {@code trash/} under its old path. */
  public void trash(Exchange exchange, @Variable("event") Event event, @Body Delivery delivery) {
    exchange.setVariable("delivery", delivery);
    Delivery trashed = delivery.at("trash/" + delivery.path(), delivery.deliveredAt());
    DeliveryIntents.begin(
        exchange, DeliveryIntent.instead(event, Operation.TRASH, trashed, delivery), null);
  }

  /** Prepares the call that removes the delivery in the body from its sink. */
  public void purge(Exchange exchange, @Body Delivery delivery) {
    exchange.setVariable("delivery", delivery);
    exchange.setVariable("sink", delivery.sink());
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader("operation", Operation.PURGE.word());
    message.setHeader("file", delivery.path());
    message.setHeader("sha256", delivery.sha256());
  }

  /** Records that a sink no longer has the file. If it holds a different file, the record stays. */
  public void record(
      Exchange exchange,
      @Variable("delivery") Delivery delivery,
      @Variable("answer") SinkAnswer answer) {
    if (answer.mismatch()) {
      others(exchange).add(delivery.place());
    } else {
      deliveries.forget(delivery);
    }
  }
}
