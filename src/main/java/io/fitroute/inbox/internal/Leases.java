package io.fitroute.inbox.internal;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Outcomes;
import io.fitroute.inbox.Priority;
import io.fitroute.inbox.RetryPolicy;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.system.SystemServices;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Hands out due events to workers under a lease. The lease of a worker that dies expires, and
 * another worker takes the event over.
 */
public final class Leases {

  private static final String CLAIM = SqlText.named("claim-events");
  private static final String CLAIM_UNLOCKED = SqlText.named("claim-unlocked-events");
  private static final String LAPSED = SqlText.named("lapsed-leases");
  private static final String KEEP = SqlText.named("keep-lease");
  private static final String RENEW = SqlText.named("renew-lease");
  private static final String NEXT_DUE = SqlText.named("next-due");
  private static final String SET_BACK = SqlText.named("set-back-times");
  private static final String CLAIM_UNKNOWN = SqlText.named("claim-unknown-events");
  private static final String RELEASE_STALE = SqlText.named("release-stale-leases");
  private static final String RELEASE = SqlText.named("release-leases");

  /** A value of the column hasten. */
  private static final int DURING_ATTEMPT = 2;

  private final Ledger ledger;
  private final Clock clock;
  private final String instance;
  private final AtomicLong claims = new AtomicLong();

  public Leases(Ledger ledger, SystemServices services) {
    this.ledger = ledger;
    this.clock = services.clock();
    this.instance = services.newId();
  }

  /**
   * Leases due events, live ones first.
   *
   * @param most the largest number of events to return
   * @param lease the duration of the lease
   */
  public List<Event> claim(int most, Duration lease) {
    return claim(most, lease, List.of());
  }

  /**
   * As {@link #claim(int, Duration)}, without the events the caller is still working on, even if
   * their leases have just expired.
   */
  public List<Event> claim(int most, Duration lease, Collection<Event> inWork) {
    String token = instance + "/" + claims.incrementAndGet();
    return readable(claimed(token, most, lease, inWork));
  }

  private List<Claimed> claimed(String token, int most, Duration lease, Collection<Event> inWork) {
    if (ledger.locksRows()) {
      lapsed(inWork).forEach(event -> keepBeside(event, lease));
      return ledger.writeBeside(jdbc -> claim(jdbc, CLAIM_UNLOCKED, token, most, lease));
    }
    return ledger.write(
        jdbc -> {
          long now = clock.millis();
          inWork.forEach(event -> keep(jdbc, event, now, lease));
          return claim(jdbc, CLAIM, token, most, lease);
        });
  }

  private List<Claimed> claim(
      JdbcClient jdbc, String statement, String token, int most, Duration lease) {
    long now = clock.millis();
    List<Claimed> claimed = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      if (claimed.size() < most) {
        claimed.addAll(
            jdbc
                .sql(statement)
                .param("lease", token)
                .param("until", now + lease.toMillis())
                .param("priority", priority.ordinal())
                .param("now", now)
                .param("limit", most - claimed.size())
                .query((row, number) -> claimed(row, token))
                .list()
                .stream()
                .sorted(
                    Comparator.comparingLong(
                        one ->
                            one.event().id())) // the database returns them in no particular order
                .toList());
      }
    }
    return claimed;
  }

  /** The events whose leases have expired; usually none. */
  private List<Event> lapsed(Collection<Event> inWork) {
    if (inWork.isEmpty()) {
      return List.of();
    }
    Map<Long, Event> byId =
        inWork.stream().collect(Collectors.toMap(Event::id, event -> event, (one, same) -> one));
    return ledger
        .read()
        .sql(LAPSED)
        .param("ids", byId.keySet())
        .param("now", clock.millis())
        .query(Long.class)
        .list()
        .stream()
        .map(byId::get)
        .toList();
  }

  /**
   * Each in a transaction of its own, because a transaction that waits for a locked row must not
   * hold another.
   */
  private void keepBeside(Event event, Duration lease) {
    ledger.writeBeside(
        jdbc -> {
          keep(jdbc, event, clock.millis(), lease);
          return true;
        });
  }

  private static void keep(JdbcClient jdbc, Event event, long now, Duration lease) {
    jdbc.sql(KEEP)
        .param("until", now + lease.toMillis())
        .param("id", event.id())
        .param("lease", event.lease())
        .param("now", now)
        .update();
  }

  /**
   * A claimed event.
   *
   * @param unreadable why it cannot be processed; usually empty
   */
  private record Claimed(Event event, Optional<String> unreadable) {}

  /** An unreadable event is settled as dead so that it does not hold up others. */
  private List<Event> readable(List<Claimed> claimed) {
    for (Claimed one : claimed) {
      one.unreadable()
          .map(why -> new RetryPolicy.Next.End(EventState.DEAD, "it cannot be read: " + why))
          .ifPresent(
              end -> ledger.write(jdbc -> Outcomes.settle(jdbc, one.event(), end, clock.millis())));
    }
    return claimed.stream().filter(one -> one.unreadable().isEmpty()).map(Claimed::event).toList();
  }

  private static Claimed claimed(ResultSet row, String token) throws SQLException {
    int priority = row.getInt("priority");
    if (priority < 0 || priority >= Priority.values().length) {
      return unreadable(row, token, "its priority " + priority + " is unknown to this version");
    }
    Optional<SortedMap<String, String>> updates = Updates.fromText(row.getString("updates"));
    return updates.isPresent()
        ? new Claimed(
            event(row, token, Priority.values()[priority], updates.get()), Optional.empty())
        : unreadable(row, token, "its updates are not a JSON object of texts");
  }

  private static Claimed unreadable(ResultSet row, String token, String why) throws SQLException {
    return new Claimed(event(row, token, Priority.HISTORY, new TreeMap<>()), Optional.of(why));
  }

  private static Event event(
      ResultSet row, String token, Priority priority, SortedMap<String, String> updates)
      throws SQLException {
    NewEvent event =
        new NewEvent(
            row.getString("origin"),
            priority,
            row.getLong("subscription_id"),
            row.getString("object_type"),
            row.getString("object_id"),
            row.getString("aspect"),
            row.getString("owner_id"),
            Instant.ofEpochMilli(row.getLong("event_time")),
            updates);
    return new Event(
        row.getLong("id"),
        event,
        Instant.ofEpochMilli(row.getLong("received_at")),
        row.getInt("failures"),
        row.getInt("not_ready"),
        row.getInt("hasten") == DURING_ATTEMPT,
        token);
  }

  /** Renews the leases of events that are still being worked on. */
  public void renew(List<Event> events, Duration lease) {
    if (events.isEmpty()) {
      return;
    }
    long until = clock.millis() + lease.toMillis();
    ledger.write(
        jdbc -> {
          for (Event event : events) {
            jdbc.sql(RENEW)
                .param("until", until)
                .param("id", event.id())
                .param("lease", event.lease())
                .update();
          }
          return null;
        });
  }

  /**
   * Settles due events whose priority only a newer version knows, because no worker here would
   * claim them.
   */
  void endUnknown(Duration lease) {
    String token = instance + "/" + claims.incrementAndGet();
    long now = clock.millis();
    readable(
        ledger.write(
            jdbc ->
                jdbc.sql(CLAIM_UNKNOWN)
                    .param("lease", token)
                    .param("until", now + lease.toMillis())
                    .param("last", Priority.values().length - 1)
                    .param("now", now)
                    .query((row, number) -> claimed(row, token))
                    .list()));
  }

  /** When the next event is due or the next lease expires; empty when no event is pending. */
  public Optional<Instant> nextDue() {
    long earliest = Long.MAX_VALUE;
    for (Priority priority : Priority.values()) {
      Optional<Long> due =
          ledger
              .read()
              .sql(NEXT_DUE)
              .param("priority", priority.ordinal())
              .query(Long.class)
              .optional();
      earliest = Math.min(earliest, due.orElse(Long.MAX_VALUE));
    }
    return earliest == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(earliest));
  }

  /**
   * Brings waiting events forward after the clock was set back, so that each waits as long as
   * intended. If several instances do so, some attempts come too early, which is harmless.
   */
  public void clockSetBack(Duration back) {
    long now = clock.millis();
    ledger.write(
        jdbc -> {
          for (Priority priority : Priority.values()) {
            jdbc.sql(SET_BACK)
                .param("back", back.toMillis())
                .param("priority", priority.ordinal())
                .param("now", now)
                .update();
          }
          return null;
        });
  }

  /**
   * Releases leases that run longer than any lease lasts. After the clock was set back these belong
   * to dead workers, since live ones have had the time to renew theirs.
   *
   * @return how many events were released
   */
  public int releaseStale(Duration lease) {
    long now = clock.millis();
    return ledger.write(
        jdbc -> {
          int released = 0;
          for (Priority priority : Priority.values()) {
            released +=
                jdbc.sql(RELEASE_STALE)
                    .param("priority", priority.ordinal())
                    .param("now", now)
                    .param("latest", now + 2 * lease.toMillis())
                    .update();
          }
          return released;
        });
  }

  /**
   * Releases the leases of all other instances at once; only to be called when none of them is
   * running.
   */
  public int takeOver() {
    return ledger.write(
        jdbc ->
            jdbc.sql(RELEASE).param("now", clock.millis()).param("mine", instance + "/%").update());
  }
}
