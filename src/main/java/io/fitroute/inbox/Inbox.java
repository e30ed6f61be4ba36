package io.fitroute.inbox;

import io.fitroute.inbox.internal.Leases;
import io.fitroute.inbox.internal.Updates;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.ledger.SqlText;
import io.fitroute.system.SystemServices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The durable queue of events in the ledger. An accepted event is on disk. Workers lease events
 * through {@link Leases} and report to {@link Outcomes}; events of one object are handled one after
 * the other.
 */
public final class Inbox {

  private static final String ACCEPT = SqlText.named("accept-event");
  private static final String HASTEN = SqlText.named("hasten-object");
  private static final String FIND = SqlText.named("find-event");

  /** Limits how often made-up events can bring an object forward. */
  private static final Duration BETWEEN_HASTES = Duration.ofMinutes(10);

  private final Ledger ledger;
  private final SystemServices services;
  private final Clock clock;
  private final Leases leases;
  private final Outcomes outcomes;
  private final Progress progress;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();

  public Inbox(Ledger ledger, SystemServices services) {
    this.ledger = ledger;
    this.services = services;
    this.clock = services.clock();
    this.leases = new Leases(ledger, services);
    this.outcomes = new Outcomes(ledger, clock);
    this.progress = new Progress(leases, clock);
  }

  /**
   * Accepts an event.
   *
   * @return completes once the event is on disk: true for a new event, false for one already held;
   *     fails with {@link LedgerUnavailable} if it could not be stored
   */
  public CompletableFuture<Boolean> accept(NewEvent event) {
    long now = clock.millis();
    String updates = Updates.toText(event.updates());
    return ledger
        .commit(jdbc -> insert(jdbc, event, updates, now))
        .whenComplete(
            (isNew, failure) -> {
              if (failure == null) {
                (isNew ? accepted : repeated).incrementAndGet();
                ledger.announce();
              }
            });
  }

  private static boolean insert(JdbcClient jdbc, NewEvent event, String updates, long now) {
    int inserted =
        jdbc.sql(ACCEPT)
            .params(
                event.origin(),
                event.priority().ordinal(),
                event.subscriptionId(),
                event.objectType(),
                event.objectId(),
                event.aspect(),
                event.ownerId(),
                event.eventTime().toEpochMilli(),
                updates,
                now,
                event.objectType(),
                event.objectId(),
                now)
            .update();
    if (event.priority() == Priority.MANUAL) {
      hasten(jdbc, event, now, now);
    } else if (event.priority() == Priority.LIVE && inserted == 1) {
      hasten(jdbc, event, now, now - BETWEEN_HASTES.toMillis());
    }
    return inserted == 1;
  }

  private static void hasten(JdbcClient jdbc, NewEvent event, long now, long since) {
    jdbc.sql(HASTEN)
        .param("now", now)
        .param("since", since)
        .param("objectType", event.objectType())
        .param("objectId", event.objectId())
        .update();
  }

  /**
   * Accepts an event as part of the caller's transaction.
   *
   * @return true for a new event, false for one already held
   */
  public static boolean insert(JdbcClient jdbc, NewEvent event, Instant now) {
    return insert(jdbc, event, Updates.toText(event.updates()), now.toEpochMilli());
  }

  /** The number of new events accepted through this object. */
  public long accepted() {
    return accepted.get();
  }

  /** The number of events offered to this object that the inbox already held. */
  public long repeated() {
    return repeated.get();
  }

  public long count(EventState state) {
    return ledger
        .read()
        .sql("select count(*) from event where state = ?")
        .param(state.word())
        .query(Long.class)
        .single();
  }

  public Leases leases() {
    return leases;
  }

  public Outcomes outcomes() {
    return outcomes;
  }

  public Progress progress() {
    return progress;
  }

  /** How long the current write to the ledger has been running; zero when there is none. */
  public Duration writingFor() {
    return ledger.writingFor();
  }

  /**
   * Adds a listener that is called whenever an event arrives, here or at another instance on the
   * same database server. It is called on another thread and must return quickly.
   */
  public void onArrival(Runnable listener) {
    ledger.onAnnouncement(listener);
  }

  /**
   * Whether arrivals at other instances are currently reported to listeners; if not, the inbox has
   * to be polled.
   */
  public boolean isToldOfArrivals() {
    return ledger.isListening();
  }

  /** Removes a listener. */
  public void forget(Runnable listener) {
    ledger.forget(listener);
  }

  public Clock clock() {
    return clock;
  }

  public SystemServices services() {
    return services;
  }

  /** The status of an accepted event; empty if the inbox does not hold it. */
  public Optional<EventStatus> find(NewEvent event) {
    return ledger
        .read()
        .sql(FIND)
        .param("origin", event.origin())
        .param("objectType", event.objectType())
        .param("objectId", event.objectId())
        .param("eventTime", event.eventTime().toEpochMilli())
        .query(
            (row, number) ->
                new EventStatus(
                    row.getLong("id"),
                    EventState.of(row.getString("state")),
                    Optional.ofNullable(row.getString("reason")),
                    Optional.ofNullable(row.getObject("due_at"))
                        .map(due -> Instant.ofEpochMilli(((Number) due).longValue())),
                    row.getString("lease") != null))
        .optional();
  }
}
