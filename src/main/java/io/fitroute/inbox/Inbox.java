package io.fitroute.inbox;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.ledger.SqlText;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The durable queue of events in the ledger.
 *
 * <p>An event that was accepted is on disk. It is handed out under a lease: who dies lets the lease
 * run out, and another takes over. Events of one object have their turn one after the other.
 */
public final class Inbox {

  private static final String ACCEPT = SqlText.named("accept-event");
  private static final String HASTEN = SqlText.named("hasten-object");
  private static final String CLAIM = SqlText.named("claim-events");
  private static final String CLAIM_UNLOCKED = SqlText.named("claim-unlocked-events");
  private static final String LAPSED = SqlText.named("lapsed-leases");
  private static final String RENEW = SqlText.named("renew-lease");
  private static final String KEEP = SqlText.named("keep-lease");
  private static final String SET_BACK = SqlText.named("set-back-times");
  private static final String RELEASE_STALE = SqlText.named("release-stale-leases");
  private static final String SETTLE = SqlText.named("settle-event");
  private static final String PROMOTE = SqlText.named("promote-next");
  private static final String POSTPONE = SqlText.named("postpone-event");
  private static final String RELEASE = SqlText.named("release-leases");
  private static final String NEXT_DUE = SqlText.named("next-due");
  private static final String REPLAY = SqlText.named("replay-event");
  private static final String FIND = SqlText.named("find-event");

  private final Ledger ledger;
  private final Clock clock;
  private final Arrivals arrivals;
  private final String instance = UUID.randomUUID().toString();
  private final AtomicLong claims = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();

  public Inbox(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
    this.arrivals = new Arrivals(ledger);
  }

  /**
   * Takes an event in.
   *
   * @return completes once it is on disk: true for a new event, false for one already held; fails
   *     with {@link LedgerUnavailable} if it could not be stored
   */
  public CompletableFuture<Boolean> accept(NewEvent event) {
    long now = clock.millis();
    String updates = Updates.toText(event.updates());
    return ledger
        .submit(jdbc -> insert(jdbc, event, updates, now))
        .whenComplete(
            (isNew, failure) -> {
              if (failure == null) {
                (isNew ? accepted : repeated).incrementAndGet();
                ledger.announce();
              }
            });
  }

  private static boolean insert(JdbcClient jdbc, NewEvent event, String updates, long now) {
    if (event.lane() == Lane.MANUAL) {
      jdbc.sql(HASTEN)
          .param("now", now)
          .param("objectType", event.objectType())
          .param("objectId", event.objectId())
          .update();
    }
    int inserted =
        jdbc.sql(ACCEPT)
            .params(
                event.origin(),
                event.lane().ordinal(),
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
    return inserted == 1;
  }

  /**
   * Takes an event in as part of a transaction of somebody else's, with which it comes or does not.
   *
   * @return true for a new event, false for one already held
   */
  public static boolean insert(JdbcClient jdbc, NewEvent event, Instant now) {
    return insert(jdbc, event, Updates.toText(event.updates()), now.toEpochMilli());
  }

  /** How many events have come in through this inbox object that were new. */
  public long accepted() {
    return accepted.get();
  }

  /** How many events have come in through this inbox object that it held already. */
  public long repeated() {
    return repeated.get();
  }

  /** How many events are in a state; what has just arrived is pending. */
  public long count(EventState state) {
    long sorted =
        ledger
            .read()
            .sql("select count(*) from event where state = ?")
            .param(state.word())
            .query(Long.class)
            .single();
    return state == EventState.PENDING ? sorted + arrivals.waiting() : sorted;
  }

  /** Where events lie that were told by webhook and are not in the queue yet. */
  Arrivals arrivals() {
    return arrivals;
  }

  /**
   * Takes some of what was told by webhook into the queue.
   *
   * @return whether there may be more
   */
  public boolean sortArrivals() {
    return count(arrivals.sort());
  }

  /**
   * Takes note of what went into the queue.
   *
   * @return whether there may be more that did not
   */
  boolean count(Arrivals.Sorted sorted) {
    accepted.addAndGet(sorted.accepted());
    repeated.addAndGet(sorted.repeated());
    if (sorted.accepted() > 0) {
      ledger.announce();
    }
    return sorted.more();
  }

  /** For how long the present write to the ledger has been going on; zero when there is none. */
  public Duration writingFor() {
    return ledger.writingFor();
  }

  /**
   * Has somebody told whenever an event came in, here or at another service on the same server;
   * from another thread, and quickly done.
   */
  public void onArrival(Runnable listener) {
    ledger.onNews(listener);
  }

  /** Whether what comes in elsewhere is told at present; if not, it has to be looked for. */
  boolean isToldOfArrivals() {
    return ledger.hearsNews();
  }

  /** Tells somebody no longer. */
  void forget(Runnable listener) {
    ledger.forget(listener);
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
  List<Event> claim(int most, Duration lease, Collection<Event> inWork) {
    String token = instance + "/" + claims.incrementAndGet();
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

  private List<Event> claim(
      JdbcClient jdbc, String statement, String token, int most, Duration lease) {
    long now = clock.millis();
    List<Event> claimed = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      if (claimed.size() < most) {
        claimed.addAll(
            jdbc
                .sql(statement)
                .param("lease", token)
                .param("until", now + lease.toMillis())
                .param("lane", lane.ordinal())
                .param("now", now)
                .param("limit", most - claimed.size())
                .query((row, number) -> event(row, token))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(Event::id)) // returned in no order
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

  private static Event event(ResultSet row, String token) throws SQLException {
    NewEvent event =
        new NewEvent(
            row.getString("origin"),
            Lane.values()[row.getInt("lane")],
            row.getLong("subscription_id"),
            row.getString("object_type"),
            row.getString("object_id"),
            row.getString("aspect"),
            row.getString("owner_id"),
            Instant.ofEpochMilli(row.getLong("event_time")),
            Updates.fromText(row.getString("updates")));
    return new Event(
        row.getLong("id"),
        event,
        Instant.ofEpochMilli(row.getLong("received_at")),
        row.getInt("failures"),
        row.getInt("not_ready"),
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
   * Records what becomes of an event after an attempt.
   *
   * @return whether the lease was still held, so that this is what counts
   */
  public boolean record(Event event, RetryPolicy.Next next) {
    long now = clock.millis();
    return ledger.write(
        jdbc ->
            next instanceof RetryPolicy.Next.End end
                ? settle(jdbc, event, end, now)
                : postpone(jdbc, event, (RetryPolicy.Next.Later) next, now));
  }

  private static boolean settle(JdbcClient jdbc, Event event, RetryPolicy.Next.End end, long now) {
    int settled =
        jdbc.sql(SETTLE)
            .param("state", end.state().word())
            .param("reason", end.reason())
            .param("now", now)
            .param("id", event.id())
            .param("lease", event.lease())
            .update();
    if (settled == 1) {
      Story.add(jdbc, event.id(), now, end.state().word() + ": " + end.reason());
      jdbc.sql(PROMOTE)
          .param("now", now)
          .param("objectType", event.objectType())
          .param("objectId", event.objectId())
          .update();
    }
    return settled == 1;
  }

  private static boolean postpone(
      JdbcClient jdbc, Event event, RetryPolicy.Next.Later later, long now) {
    int postponed =
        jdbc.sql(POSTPONE)
            .param("now", now)
            .param("until", later.due().toEpochMilli())
            .param("failures", later.failures())
            .param("notReady", later.notReady())
            .param("reason", later.reason())
            .param("id", event.id())
            .param("lease", event.lease())
            .update();
    if (postponed == 1) {
      Story.add(jdbc, event.id(), now, "waits until " + later.dueSecond() + ": " + later.reason());
    }
    return postponed == 1;
  }

  /**
   * Brings forward what waits, because the clock was set back: each waits as long as it was meant
   * to. If several do so, some is tried too early, which does no harm.
   */
  void clockSetBack(Duration back) {
    long now = clock.millis();
    ledger.write(
        jdbc -> {
          for (Lane lane : Lane.values()) {
            jdbc.sql(SET_BACK)
                .param("back", back.toMillis())
                .param("lane", lane.ordinal())
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
  int releaseStale(Duration lease) {
    long now = clock.millis();
    return ledger.write(
        jdbc -> {
          int released = 0;
          for (Lane lane : Lane.values()) {
            released +=
                jdbc.sql(RELEASE_STALE)
                    .param("lane", lane.ordinal())
                    .param("now", now)
                    .param("latest", now + 2 * lease.toMillis())
                    .update();
          }
          return released;
        });
  }

  Clock clock() {
    return clock;
  }

  /** Takes over at once what other instances had leased; only when it is known that none lives. */
  public int takeOver() {
    return ledger.write(
        jdbc ->
            jdbc.sql(RELEASE).param("now", clock.millis()).param("mine", instance + "/%").update());
  }

  /**
   * Puts dead events back, as if they had just come in, and has waiting ones tried at once.
   *
   * @return how many of them were dead or waiting
   */
  public int replay(List<Long> ids) {
    long now = clock.millis();
    int replayed =
        ledger.write(
            jdbc -> {
              int count = 0;
              for (long id : ids) {
                int updated = jdbc.sql(REPLAY).param("now", now).param("id", id).update();
                if (updated == 1) {
                  Story.add(jdbc, id, now, "put back by hand");
                }
                count += updated;
              }
              return count;
            });
    ledger.announce();
    return replayed;
  }

  /** When the next event is due, a lease that runs out included; empty when none is pending. */
  public Optional<Instant> nextDue() {
    long earliest = Long.MAX_VALUE;
    for (Lane lane : Lane.values()) {
      Optional<Long> due =
          ledger.read().sql(NEXT_DUE).param("lane", lane.ordinal()).query(Long.class).optional();
      earliest = Math.min(earliest, due.orElse(Long.MAX_VALUE));
    }
    return earliest == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(earliest));
  }

  /** What has become of an event that was accepted; empty if the inbox does not hold it. */
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
