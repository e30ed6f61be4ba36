package io.fitroute.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fitroute.export.ExportedFile;
import io.fitroute.inbox.Event;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The record of what is at which sink, as Camel's idempotent repository: {@code 123@file} is a
 * duplicate once activity 123 has been delivered to the sink {@code file}; {@code 123} alone once
 * it is at every sink.
 *
 * <p>The truth is the ledger, where a delivery is recorded after its file is in place, so a crash
 * in between leads to a second attempt and not to a lost file. A bounded cache in front answers for
 * what was delivered of late.
 */
public final class Deliveries extends ServiceSupport implements IdempotentRepository {

  private static final String RECORD = SqlText.named("record-delivery");
  private static final String REPLACE = SqlText.named("replace-delivery");
  private static final String OF_ACTIVITY = SqlText.named("deliveries-of-activity");

  private final Ledger ledger;
  private final List<String> sinks;
  private final Clock clock;
  private final List<Consumer<Delivery>> listeners;
  private final Cache<String, Boolean> recent =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(6)).build();

  /**
   * @param sinks all sinks to which a file is to go
   * @param listeners are told of each delivery once it is recorded
   */
  public Deliveries(
      Ledger ledger, List<String> sinks, Clock clock, List<Consumer<Delivery>> listeners) {
    this.ledger = ledger;
    this.sinks = List.copyOf(sinks);
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
  }

  /** Records that a file is in place. */
  public void record(
      @Variable("event") Event event,
      @Variable("export") ExportedFile export,
      @Variable("sink") String sink,
      @Header("file") String path) {
    Instant now = clock.instant();
    Delivery delivery =
        new Delivery(
            event.objectId(), sink, path, export.provenance(), export.size(), export.sha256(), now);
    ledger.write(
        jdbc ->
            jdbc.sql(RECORD)
                .params(
                    delivery.activityId(),
                    sink,
                    path,
                    delivery.provenance(),
                    delivery.size(),
                    delivery.sha256(),
                    event.id(),
                    now.toEpochMilli())
                .update());
    recent.put(event.objectId() + "@" + sink, true);
    listeners.forEach(listener -> listener.accept(delivery));
  }

  /** Notes that a file is at another path, the one in the header {@code to}. */
  public void move(@Variable("delivery") Delivery delivery, @Header("to") String to) {
    ledger.write(
        jdbc ->
            jdbc.sql("update delivery set path = ? where activity_id = ? and sink = ?")
                .params(to, delivery.activityId(), delivery.sink())
                .update());
    listeners.forEach(listener -> listener.accept(delivery));
  }

  /** Notes that another file has taken the place of one. */
  void replace(Event event, Delivery before, ExportedFile export) {
    Delivery after =
        new Delivery(
            before.activityId(),
            before.sink(),
            before.path(),
            export.provenance(),
            export.size(),
            export.sha256(),
            clock.instant());
    ledger.write(
        jdbc ->
            jdbc.sql(REPLACE)
                .params(
                    after.provenance(),
                    after.size(),
                    after.sha256(),
                    event.id(),
                    after.deliveredAt().toEpochMilli(),
                    after.activityId(),
                    after.sink())
                .update());
    listeners.forEach(listener -> listener.accept(after));
  }

  /** Notes that a sink no longer has a file. */
  void forget(Delivery delivery) {
    ledger.write(
        jdbc ->
            jdbc.sql("delete from delivery where activity_id = ? and sink = ?")
                .params(delivery.activityId(), delivery.sink())
                .update());
    recent.invalidate(delivery.activityId() + "@" + delivery.sink());
    listeners.forEach(listener -> listener.accept(delivery));
  }

  /** Where an activity's file is, sink by sink. */
  public List<Delivery> of(String activityId) {
    return ledger
        .read()
        .sql(OF_ACTIVITY)
        .param(activityId)
        .query(
            (row, number) ->
                new Delivery(
                    activityId,
                    row.getString("sink"),
                    row.getString("path"),
                    row.getString("provenance"),
                    row.getLong("size"),
                    row.getString("sha256"),
                    Instant.ofEpochMilli(row.getLong("delivered_at"))))
        .list();
  }

  /** Where an activity's file is, for a reason: {@code file:2026/11/123.fit}. */
  public String places(@Variable("event") Event event) {
    return of(event.objectId()).stream()
        .map(delivery -> delivery.sink() + ":" + delivery.path())
        .collect(Collectors.joining(", "));
  }

  @Override
  public boolean contains(String key) {
    int at = key.indexOf('@');
    return at < 0
        ? sinks.stream().allMatch(sink -> isAt(key, sink))
        : isAt(key.substring(0, at), key.substring(at + 1));
  }

  private boolean isAt(String activityId, String sink) {
    return recent.get(
            activityId + "@" + sink,
            key -> of(activityId).stream().anyMatch(one -> one.sink().equals(sink)) ? true : null)
        != null;
  }

  /** Does nothing: a delivery is recorded by {@link #record} as soon as the file is in place. */
  @Override
  public boolean add(String key) {
    return true;
  }

  /** Does nothing: what is delivered stays delivered, whatever fails later. */
  @Override
  public boolean remove(String key) {
    return true;
  }

  @Override
  public boolean confirm(String key) {
    return true;
  }

  /** Empties the cache; the ledger is not touched. */
  @Override
  public void clear() {
    recent.invalidateAll();
  }
}
