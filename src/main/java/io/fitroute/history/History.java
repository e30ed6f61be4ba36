package io.fitroute.history;

import io.fitroute.history.ListedActivities.Known;
import io.fitroute.history.ListedActivities.Listed;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.notice.Announcements;
import io.fitroute.strava.activity.Activities;
import io.fitroute.strava.activity.Activity;
import io.fitroute.strava.api.RateLimitExceeded;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the list of an athlete's activities to its end, newest first. Pages are selected by time
 * rather than by number, because activities that are added or deleted meanwhile shift the others.
 * Only an empty page marks the end.
 */
public final class History {

  private static final String TURN_PAGE = SqlText.named("turn-page");
  private static final String POSTPONE = SqlText.named("postpone-history");

  private final Ledger ledger;
  private final Activities activities;
  private final Announcements announcements;
  private final Clock clock;

  public History(Ledger ledger, Activities activities, Announcements announcements, Clock clock) {
    this.ledger = ledger;
    this.activities = activities;
    this.announcements = announcements;
    this.clock = clock;
  }

  private Batch batch(JdbcClient jdbc, Event event) {
    return Batch.find(jdbc, Long.parseLong(event.objectId())).orElseThrow();
  }

  /** Whether there are pages left. */
  public boolean goesOn(@Variable("event") Event event) {
    return !batch(ledger.read(), event).isListed();
  }

  /**
   * Sets the variable {@code resource} to the next page. Only {@code before} is given: with {@code
   * after}, Strava would begin with the oldest; and it refuses times in the future.
   */
  public void choose(Exchange exchange, @Variable("event") Event event) {
    Batch batch = batch(ledger.read(), event);
    long before = batch.before().orElse(batch.options().before());
    boolean isSaid = before > 0 && before < clock.instant().getEpochSecond();
    exchange.setVariable(
        "resource",
        "athlete/activities?per_page="
            + batch.options().pageSize()
            + (isSaid ? "&before=" + before : ""));
  }

  /** The result of a page. */
  private record Page(
      int listed, List<Listed> fresh, int known, SortedMap<String, Integer> leftOut) {}

  /** Processes a page: new events go into the inbox, in one transaction with the progress. */
  public void take(Exchange exchange, @Variable("event") Event event) {
    Instant now = clock.instant();
    List<Listed> page = ListedActivities.of(exchange.getMessage().getBody(), now);
    ledger.write(jdbc -> take(jdbc, batch(jdbc, event), page, now));
    ledger.announce();
  }

  private int take(JdbcClient jdbc, Batch batch, List<Listed> listed, Instant now) {
    List<Listed> unread =
        listed.stream().filter(one -> !batch.boundary().contains(one.activity().id())).toList();
    long oldest =
        unread.stream()
            .mapToLong(one -> one.activity().start().getEpochSecond())
            .min()
            .orElse(Long.MAX_VALUE);
    boolean isEnd =
        listed.isEmpty()
            || oldest < batch.options().after()
            || batch.pages() + 1 == batch.options().mostPages();
    Page page = sorted(jdbc, batch, unread);
    if (!batch.options().dryRun()) {
      for (Listed one : page.fresh()) {
        activities.seed(jdbc, one.activity(), one.entry(), batch.athleteId());
        Inbox.insert(jdbc, batch.event(one.activity().id()), now);
      }
    }
    return jdbc.sql(TURN_PAGE)
        .param("batch", batch.id())
        .param("pages", batch.pages())
        .param("before", next(batch, unread, oldest))
        .param("boundary", boundary(batch, unread, oldest))
        .param("listed", page.listed())
        .param("fresh", page.fresh().size())
        .param("known", page.known())
        .param("leftOut", Batch.json(page.leftOut()))
        .param("listedAt", isEnd ? now.toEpochMilli() : null, Types.BIGINT)
        .update();
  }

  /**
   * The oldest second is read again, as more activities may have begun in it; those already read
   * are known.
   */
  private long next(Batch batch, List<Listed> unread, long oldest) {
    if (unread.isEmpty()) {
      return batch.before().orElse(clock.instant().getEpochSecond()) - 1;
    }
    return oldest + 1;
  }

  private static String boundary(Batch batch, List<Listed> unread, long oldest) {
    List<String> ids = new ArrayList<>();
    if (unread.isEmpty() || batch.before().filter(before -> before == oldest + 1).isPresent()) {
      ids.addAll(batch.boundary());
    }
    unread.stream()
        .map(Listed::activity)
        .filter(activity -> activity.start().getEpochSecond() == oldest)
        .map(Activity::id)
        .forEach(ids::add);
    return String.join(",", ids);
  }

  private Page sorted(JdbcClient jdbc, Batch batch, List<Listed> unread) {
    Batch.Options options = batch.options();
    SortedMap<String, Integer> leftOut = new TreeMap<>(batch.leftOut());
    List<Listed> fresh = new ArrayList<>();
    int known = 0;
    int listed = 0;
    for (Listed one : unread) {
      Activity activity = one.activity();
      long start = activity.start().getEpochSecond();
      if (start >= options.after() && (options.before() == 0 || start < options.before())) {
        listed++;
        Optional<String> kind = leftOut(activity, options);
        Known found = ListedActivities.known(jdbc, activity.id());
        if (found.deleted() || found.isSettled()) {
          known++;
        } else if (kind.isPresent()) {
          leftOut.merge(kind.get(), 1, Integer::sum);
        } else {
          fresh.add(one);
        }
      }
    }
    return new Page(listed, fresh, known, leftOut);
  }

  private Optional<String> leftOut(Activity activity, Batch.Options options) {
    boolean asked =
        options.sports().isEmpty()
            || options.sports().stream().anyMatch(activity.sportType()::equalsIgnoreCase);
    return asked ? activities.leftOut(activity) : Optional.of(activity.sportType());
  }

  /** A summary of the list, for the reason of the event that read it. */
  public String summary(@Variable("event") Event event) {
    return batch(ledger.read(), event).summary();
  }

  /** Postpones all events of history if the budget stopped one of them. */
  public void postpone(Exchange exchange, @Variable("event") Event event) {
    if (event.priority() == Priority.HISTORY
        && exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof RateLimitExceeded limit) {
      ledger.write(
          jdbc ->
              jdbc.sql(POSTPONE)
                  .param("until", limit.getUntil().toEpochMilli())
                  .param("reason", limit.getMessage())
                  .param("priority", Priority.HISTORY.ordinal())
                  .update());
    }
  }

  /** Ends batches whose events have all ended, and announces it. */
  public void end() {
    for (Batch batch : Batch.open(ledger.read())) {
      if (batch.isOver(ledger.read())) {
        Map<EventState, Long> events = batch.events(ledger.read());
        ledger.write(
            jdbc -> {
              int ended =
                  jdbc.sql("update batch set ended_at = ? where id = ? and ended_at is null")
                      .params(clock.millis(), batch.id())
                      .update();
              if (ended == 1 && !batch.options().dryRun()) {
                announcements.batch(
                    jdbc,
                    "backfill of athlete " + batch.athleteId(),
                    events.get(EventState.DONE)
                        + " past activities delivered, "
                        + events.get(EventState.SKIPPED)
                        + " skipped, "
                        + events.get(EventState.DEAD)
                        + " failed",
                    clock.instant());
              }
              return ended;
            });
        ledger.announce();
      }
    }
  }
}
