package io.fitroute.delivery;

import io.fitroute.inbox.Event;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.sink.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The deliveries in the ledger, as Camel's idempotent repository: {@code 123@file} is a duplicate
 * once activity 123 has been delivered to the sink {@code file}, {@code 123@file,s3} once it is at
 * both, {@code 123} alone once it is at all of {@code fit.sinks}.
 *
 * <p>A delivery is recorded after its file is in place, so a crash in between loses no file; {@link
 * DeliveryIntents} knows what such a crash leaves behind. The ledger is read each time, about 40
 * µs: another process could have removed a delivery remembered here, and an activity without a file
 * would be skipped.
 */
public final class Deliveries extends ServiceSupport implements IdempotentRepository {

  private static final String RECORD = SqlText.named("record-delivery");
  private static final String REPLACE = SqlText.named("replace-delivery");
  private static final String OF_ACTIVITY = SqlText.named("deliveries-of-activity");

  private final Ledger ledger;
  private final List<String> sinks;
  private final Clock clock;
  private final List<Consumer<Delivery>> listeners;

  /**
   * @param sinks all sinks that receive each file
   * @param listeners called with each delivery once it is recorded
   */
  public Deliveries(
      Ledger ledger, List<String> sinks, Clock clock, List<Consumer<Delivery>> listeners) {
    this.ledger = ledger;
    this.sinks = List.copyOf(sinks);
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Records that the file of an intent is in place.
   *
   * <p>Sets the variable {@code surplus} to a file that must then be withdrawn: the replaced one if
   * it is at another path, or this one if another worker was quicker. Until then the ledger keeps a
   * record of it.
   */
  public void record(
      Exchange exchange,
      @Variable("delivery_intent") DeliveryIntent deliveryIntent,
      @Variable("answer") SinkAnswer answer) {
    Delivery wanted = deliveryIntent.delivery();
    Optional<String> told =
        deliveryIntent.operation() == Operation.PUT ? answer.path() : Optional.empty();
    Delivery delivery = wanted.at(told.orElse(wanted.path()), clock.instant());
    Optional<Delivery> surplus =
        ledger.write(
            jdbc -> {
              Optional<Delivery> found = record(jdbc, delivery, deliveryIntent);
              Recordings.forgetOthers(jdbc, delivery.activityId());
              return found;
            });
    exchange.setVariable("surplus", surplus.orElse(null));
    if (surplus.filter(delivery::equals).isEmpty()) {
      listeners.forEach(listener -> listener.accept(delivery));
    }
  }

  private static Optional<Delivery> record(
      JdbcClient jdbc, Delivery delivery, DeliveryIntent deliveryIntent) {
    if (insert(jdbc, delivery, deliveryIntent.eventId())) {
      DeliveryIntents.finish(jdbc, deliveryIntent.delivery());
      return Optional.empty();
    }
    Delivery known =
        jdbc
            .sql(OF_ACTIVITY)
            .param(delivery.activityId())
            .query(Deliveries::delivery)
            .list()
            .stream()
            .filter(one -> one.sink().equals(delivery.sink()))
            .findFirst()
            .orElseThrow();
    boolean isReplaced =
        deliveryIntent.replaces().map(Delivery::path).filter(known.path()::equals).isPresent();
    boolean isElsewhere = !known.path().equals(delivery.path());
    if (!isReplaced && isElsewhere) {
      return Optional.of(delivery);
    }
    if (isReplaced) {
      replace(jdbc, delivery, known, deliveryIntent.eventId());
    }
    DeliveryIntents.finish(jdbc, deliveryIntent.delivery());
    if (isReplaced && isElsewhere) {
      DeliveryIntents.abandon(jdbc, known, deliveryIntent.eventId());
      return Optional.of(known);
    }
    return Optional.empty();
  }

  /** Records a file; returns false if the activity already has one at that sink. */
  static boolean insert(JdbcClient jdbc, Delivery delivery, long eventId) {
    return jdbc.sql(RECORD)
            .params(
                delivery.activityId(),
                delivery.sink(),
                delivery.path(),
                delivery.provenance(),
                delivery.size(),
                delivery.sha256(),
                eventId,
                delivery.deliveredAt().toEpochMilli())
            .update()
        == 1;
  }

  private static void replace(JdbcClient jdbc, Delivery delivery, Delivery old, long eventId) {
    jdbc.sql(REPLACE)
        .param("path", delivery.path())
        .param("provenance", delivery.provenance())
        .param("size", delivery.size())
        .param("sha256", delivery.sha256())
        .param("eventId", eventId)
        .param("now", delivery.deliveredAt().toEpochMilli())
        .param("activityId", delivery.activityId())
        .param("sink", delivery.sink())
        .param("replaces", old.path())
        .update();
  }

  /** Records that a sink no longer has a file, and frees its path. */
  void forget(Delivery delivery) {
    ledger.write(
        jdbc -> {
          DeliveryIntents.free(jdbc, delivery);
          jdbc.sql("delete from delivery where activity_id = ? and sink = ?")
              .params(delivery.activityId(), delivery.sink())
              .update();
          Recordings.forgetOthers(jdbc, delivery.activityId());
          return 1;
        });
    listeners.forEach(listener -> listener.accept(delivery));
  }

  /** The deliveries of an activity, one per sink. */
  public List<Delivery> of(String activityId) {
    return ledger.read().sql(OF_ACTIVITY).param(activityId).query(Deliveries::delivery).list();
  }

  /**
   * All deliveries, oldest first.
   *
   * @param sink restricts them to this sink; empty for all
   */
  public static List<Delivery> all(Ledger ledger, Optional<String> sink) {
    return ledger
        .read()
        .sql(
            "select * from delivery where sink = :sink or :sink = ''"
                + " order by delivered_at, activity_id, sink")
        .param("sink", sink.orElse(""))
        .query(Deliveries::delivery)
        .list();
  }

  private static Delivery delivery(ResultSet row, int number) throws SQLException {
    return new Delivery(
        row.getString("activity_id"),
        row.getString("sink"),
        row.getString("path"),
        row.getString("provenance"),
        row.getLong("size"),
        row.getString("sha256"),
        Instant.ofEpochMilli(row.getLong("delivered_at")));
  }

  /** Whether this event delivered the activity's file. */
  public boolean isBy(@Variable("event") Event event) {
    return ledger
            .read()
            .sql("select count(*) from delivery where activity_id = ? and event_id = ?")
            .params(event.objectId(), event.id())
            .query(Integer.class)
            .single()
        > 0;
  }

  /** Whether any of the sinks, separated by commas, does not have the event's activity yet. */
  public boolean isMissing(@Variable("event") Event event, @Variable("sinks") String sinks) {
    return !contains(event.objectId() + "@" + sinks);
  }

  /** Where the activity's file is, as text for a reason: {@code file:2026/11/123.fit}. */
  public String places(@Variable("event") Event event) {
    return of(event.objectId()).stream().map(Delivery::place).collect(Collectors.joining(", "));
  }

  @Override
  public boolean contains(String key) {
    int at = key.indexOf('@');
    String activityId = at < 0 ? key : key.substring(0, at);
    Set<String> there = of(activityId).stream().map(Delivery::sink).collect(Collectors.toSet());
    return at < 0
        ? there.containsAll(sinks)
        : Arrays.stream(key.substring(at + 1).split(","))
            .allMatch(sink -> there.contains(sink.strip()));
  }

  /** Does nothing: a delivery is recorded by {@link #record} as soon as the file is in place. */
  @Override
  public boolean add(String key) {
    return true;
  }

  /** Does nothing: a delivery stands, whatever fails later. */
  @Override
  public boolean remove(String key) {
    return true;
  }

  @Override
  public boolean confirm(String key) {
    return true;
  }

  /** Does nothing: deliveries stand. */
  @Override
  public void clear() {}
}
