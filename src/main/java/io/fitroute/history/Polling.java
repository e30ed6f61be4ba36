package io.fitroute.history;

import io.fitroute.history.ListedActivities.Listed;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.strava.activity.Activities;
import io.fitroute.strava.activity.Activity;
import io.fitroute.strava.api.RateLimitExceeded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds new, changed and deleted activities in the list of an athlete's activities that no webhook
 * event announced. Each becomes an event like one from the webhook; a deletion is confirmed like
 * any other.
 *
 * <p>One request is enough if the page reaches back far enough and no known activity is missing.
 * Further pages are requested only if a delivered activity is missing or the page is too small,
 * until one is empty, since Strava also returns short pages before the end.
 */
public final class Polling {

  private static final Logger LOG = LoggerFactory.getLogger(Polling.class);
  private static final String ORIGIN = "poll";
  private static final String ROUND = "round";
  private static final int MOST_PAGES = 10;
  private static final Duration RETRY = Duration.ofMinutes(5);

  /** How long an activity that Strava still returned is not checked for deletion again. */
  private static final Duration ASKED_OF_LATE = Duration.ofDays(1);

  private static final String DELIVERED = SqlText.named("delivered-since");
  private static final String NOTE = SqlText.named("note-poll");
  private static final String NOTE_TROUBLE = SqlText.named("note-poll-trouble");

  private final Ledger ledger;
  private final EventSource news;
  private final Activities activities;
  private final Duration lookBack;
  private final Clock clock;

  public Polling(
      Ledger ledger, EventSource news, Activities activities, Duration lookBack, Clock clock) {
    this.ledger = ledger;
    this.news = news;
    this.activities = activities;
    this.lookBack = lookBack;
    this.clock = clock;
  }

  /** The entries of one athlete's pages so far; not thread-safe. */
  private static final class Round {
    private final Map<String, Listed> listed = new LinkedHashMap<>();
    private int pages;
    private boolean complete;
  }

  /** The athletes whose list is due now. */
  public List<String> due() {
    Instant now = clock.instant();
    return news.next().stream()
        .filter(next -> !next.when().isAfter(now))
        .map(EventSource.Next::athleteId)
        .toList();
  }

  /** Starts with an athlete, the body. */
  public void begin(Exchange exchange, @Body String athleteId) {
    exchange.setVariable("athlete", athleteId);
    exchange.setVariable(ROUND, new Round());
  }

  /** Whether another page is needed. */
  public boolean goesOn(@Variable(ROUND) Round round, @Variable("athlete") String athleteId) {
    boolean full = round.listed.size() >= round.pages * ListedActivities.LARGEST_PAGE;
    return round.pages == 0
        || !round.complete
            && round.pages < MOST_PAGES
            && (full || !missing(ledger.read(), round, athleteId).isEmpty());
  }

  /** Sets the variable {@code resource} to the next page, newest activities first. */
  public void choose(Exchange exchange, @Variable(ROUND) Round round) {
    exchange.setVariable(
        "resource",
        "athlete/activities?per_page="
            + ListedActivities.LARGEST_PAGE
            + "&page="
            + (round.pages + 1));
  }

  /** Processes a page. */
  public void take(Exchange exchange, @Variable(ROUND) Round round) {
    List<Listed> page = ListedActivities.of(exchange.getMessage().getBody(), clock.instant());
    page.forEach(one -> round.listed.put(one.activity().id(), one));
    round.pages++;
    round.complete =
        page.isEmpty()
            || page.stream().anyMatch(one -> one.activity().start().isBefore(windowStart()));
  }

  private Instant windowStart() {
    return clock.instant().minus(lookBack);
  }

  private List<String> missing(JdbcClient jdbc, Round round, String athleteId) {
    return jdbc
        .sql(DELIVERED)
        .param("athleteId", athleteId)
        .param("since", windowStart().toEpochMilli())
        .param("asked", clock.instant().minus(ASKED_OF_LATE).toEpochMilli())
        .query(String.class)
        .list()
        .stream()
        .filter(id -> !round.listed.containsKey(id))
        .toList();
  }

  /** Puts events for what was found into the inbox, and records the request. */
  public void conclude(@Variable(ROUND) Round round, @Variable("athlete") String athleteId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    int found =
        ledger.write(
            jdbc -> {
              List<NewEvent> events = new ArrayList<>();
              round.listed.values().stream()
                  .filter(one -> !one.activity().start().isBefore(windowStart()))
                  .forEach(one -> event(jdbc, one, athleteId, now).ifPresent(events::add));
              if (round.complete) {
                missing(jdbc, round, athleteId)
                    .forEach(
                        id -> events.add(event(id, "delete", athleteId, now, new TreeMap<>())));
              }
              events.forEach(event -> Inbox.insert(jdbc, event, clock.instant()));
              jdbc.sql(NOTE)
                  .param("athleteId", athleteId)
                  .param("now", clock.millis())
                  .param("requests", round.pages)
                  .update();
              return events.size();
            });
    if (found > 0) {
      LOG.info("The list of activities contains {} changes that no webhook event announced", found);
      ledger.announce();
    }
  }

  /** The event for what is new in an entry of the list. */
  private Optional<NewEvent> event(JdbcClient jdbc, Listed listed, String athleteId, Instant now) {
    Activity activity = listed.activity();
    ListedActivities.Known known = ListedActivities.known(jdbc, activity.id());
    if (known.pending()) {
      return Optional.empty();
    }
    boolean isNew = !known.delivered() && known.state().isEmpty();
    boolean unwantedBefore =
        known.sportType().isPresent() && activities.leftOut(activity).isPresent();
    if (known.deleted() || isNew && !unwantedBefore) {
      activities.seed(jdbc, activity, listed.entry(), athleteId);
      return Optional.of(event(activity.id(), "create", athleteId, now, new TreeMap<>()));
    }
    SortedMap<String, String> changes = changes(listed, known);
    boolean isFollowed = known.delivered() || changes.containsKey("type");
    return changes.isEmpty() || !isFollowed
        ? Optional.empty()
        : Optional.of(event(activity.id(), "update", athleteId, now, changes));
  }

  private static SortedMap<String, String> changes(Listed listed, ListedActivities.Known known) {
    Activity activity = listed.activity();
    SortedMap<String, String> changes = new TreeMap<>();
    known
        .sportType()
        .filter(type -> !type.equals(activity.sportType()))
        .ifPresent(type -> changes.put("type", activity.sportType()));
    known
        .name()
        .filter(name -> !name.equals(activity.name()))
        .ifPresent(name -> changes.put("title", activity.name()));
    known
        .hidden()
        .filter(before -> before != listed.isHidden())
        .ifPresent(before -> changes.put("private", Boolean.toString(listed.isHidden())));
    return changes;
  }

  private static NewEvent event(
      String id, String aspect, String athleteId, Instant now, SortedMap<String, String> updates) {
    return new NewEvent(ORIGIN, Priority.LIVE, 0, "activity", id, aspect, athleteId, now, updates);
  }

  /** Records that the list could not be requested, and when to retry. */
  public void failed(
      Exchange exchange,
      @Variable("athlete") String athleteId,
      @Variable("trouble") String trouble) {
    Instant retry =
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof RateLimitExceeded limit
            ? limit.getUntil()
            : clock.instant().plus(RETRY);
    LOG.warn("The list of activities could not be requested: {}", trouble);
    ledger.write(
        jdbc ->
            jdbc.sql(NOTE_TROUBLE)
                .param("athleteId", athleteId)
                .param("retryAt", retry.toEpochMilli())
                .param("trouble", trouble)
                .update());
  }
}
