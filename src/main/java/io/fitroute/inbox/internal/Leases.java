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
 * Events in the hands of workers. Each is handed out, once its time has come, under a lease: who
 * dies lets it run out, and another takes over.
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

  /** Of the column hasten. */
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
   * Leases events whose time has come, live ones first.
   *
   * @param most how many at the most
   * @param lease for how long
   */
  public List<Event> claim(int most, Duration lease) {
    return claim(most, lease, List.of());
  }

  /**
   * As {@link #claim(int, Duration)}, by somebody who is still working on other events: these are
   * not handed out again, even if their leases have just run out.
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
                .sorted(Comparator.comparingLong(one -> one.event().id())) // returned in no order
                .toList());
      }
    }
    return claimed;
  }

  /** Those whose leases others could take over now; usually none. */
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

  /** Each in a transaction of its own: whoever waits for a row that is locked holds no other. */
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
   * An event that was claimed.
   *
   * @param unreadable why nobody can work on it; usually empty
   */
  private record Claimed(Event event, Optional<String> unreadable) {}

  /** What cannot be read ends by itself, and holds up nothing else. */
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

  /** Keeps the leases of events that are still being worked on. */
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
   * Ends what is due with a priority that only another version knows, and nobody here would claim.
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

  /** When the next event is due, a lease that runs out included; empty when none is pending. */
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
   * Brings forward what waits, because the clock was set back: each waits as long as it was meant
   * to. If several do so, some is tried too early, which does no harm.
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
   * Takes over what is leased for longer than anybody leases. After the clock was set back this is
   * what dead workers held; those who live have had the time to renew theirs.
   *
   * @return how many events those were
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

  /** Takes over at once what other instances had leased; only when it is known that none lives. */
  public int takeOver() {
    return ledger.write(
        jdbc ->
            jdbc.sql(RELEASE).param("now", clock.millis()).param("mine", instance + "/%").update());
  }
}
