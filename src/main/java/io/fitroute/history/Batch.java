package io.fitroute.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A requested backfill. It is one event that reads the list, and one event for each unknown
 * activity, so it continues where it stopped.
 *
 * @param id when it was requested, in milliseconds; the time of its events
 * @param before in seconds: the list has been read down to this time; empty at the beginning
 * @param boundary the activities already read that began in the second before that time
 * @param pages the number of pages read
 * @param listed activities in the requested period
 * @param fresh those to be fetched
 * @param known those that are at the sinks, pending, deleted, or known to be without data
 * @param leftOut the number of unwanted activities of each kind
 * @param isListed whether the list has been read to its end
 */
public record Batch(
    long id,
    String athleteId,
    Options options,
    Optional<Long> before,
    List<String> boundary,
    int pages,
    int listed,
    int fresh,
    int known,
    SortedMap<String, Integer> leftOut,
    boolean isListed) {

  /** The origin of its events. */
  public static final String ORIGIN = "backfill";

  static final String OBJECT_TYPE = "history";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WAITS = SqlText.named("batch-waits");
  private static final String EVENTS = SqlText.named("batch-events");

  /**
   * The options of the request.
   *
   * @param after seconds since 1970: activities that began earlier are left out; 0 for none
   * @param before seconds since 1970: activities that began then or later are left out; 0 for none
   * @param sports sport types; empty for all wanted ones
   * @param mostPages the maximum number of pages; 0 for all
   * @param pageSize activities per page
   * @param laps whether details are requested if only they contain the laps
   * @param dryRun whether to read the list without fetching activities
   */
  public record Options(
      long after,
      long before,
      List<String> sports,
      int mostPages,
      int pageSize,
      boolean laps,
      boolean dryRun) {}

  /** The unfinished batch with the same options, or a new one. */
  public static Batch begin(Ledger ledger, String athleteId, Options options, Instant now) {
    long id =
        ledger.write(
            jdbc -> {
              Optional<Batch> same =
                  open(jdbc).stream()
                      .filter(one -> one.athleteId().equals(athleteId))
                      .filter(one -> one.options().equals(options) && !one.isOver(jdbc))
                      .findFirst();
              return same.isPresent() ? same.get().id() : insert(jdbc, athleteId, options, now);
            });
    ledger.announce();
    return find(ledger.read(), id).orElseThrow();
  }

  private static long insert(JdbcClient jdbc, String athleteId, Options options, Instant now) {
    long last = jdbc.sql("select coalesce(max(id), 0) from batch").query(Long.class).single();
    long id = Math.max(now.toEpochMilli(), last + 1);
    jdbc.sql(
            "insert into batch (id, athlete_id, options, boundary, pages, listed, fresh, known, left_out)"
                + " values (?, ?, ?, '', 0, 0, 0, 0, '{}')")
        .params(id, athleteId, json(options))
        .update();
    NewEvent reading =
        new NewEvent(
            ORIGIN,
            Priority.HISTORY,
            0,
            OBJECT_TYPE,
            Long.toString(id),
            "create",
            athleteId,
            Instant.ofEpochMilli(id),
            new TreeMap<>());
    Inbox.insert(jdbc, reading, now);
    return id;
  }

  /** The batch with an id. */
  public static Optional<Batch> find(JdbcClient jdbc, long id) {
    return jdbc.sql("select * from batch where id = ?").param(id).query(Batch::of).optional();
  }

  /** The batches that have not ended. */
  static List<Batch> open(JdbcClient jdbc) {
    return jdbc.sql("select * from batch where ended_at is null order by id")
        .query(Batch::of)
        .list();
  }

  private static Batch of(ResultSet row, int number) throws SQLException {
    Object before = row.getObject("before_time");
    String boundary = row.getString("boundary");
    return new Batch(
        row.getLong("id"),
        row.getString("athlete_id"),
        options(row.getString("options")),
        Optional.ofNullable(before).map(seconds -> ((Number) seconds).longValue()),
        boundary.isEmpty() ? List.of() : List.of(boundary.split(",")),
        row.getInt("pages"),
        row.getInt("listed"),
        row.getInt("fresh"),
        row.getInt("known"),
        counts(row.getString("left_out")),
        row.getObject("listed_at") != null);
  }

  private static Options options(String text) {
    try {
      return JSON.readValue(text, Options.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<String, Integer> counts(String text) {
    try {
      return JSON.readValue(text, new TypeReference<TreeMap<String, Integer>>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of its activities in each state. */
  public Map<EventState, Long> events(JdbcClient jdbc) {
    Map<EventState, Long> counts = new LinkedHashMap<>();
    for (EventState state : EventState.values()) {
      counts.put(state, 0L);
    }
    RowCallbackHandler count =
        row -> counts.put(EventState.of(row.getString("state")), row.getLong("number"));
    jdbc.sql(EVENTS).param("batch", id).query(count);
    return counts;
  }

  /** Its current state. */
  public Batch now(Ledger ledger) {
    return find(ledger.read(), id).orElseThrow();
  }

  /** What it waits for and until when, as text. */
  public Optional<String> waits(JdbcClient jdbc, Instant now) {
    return jdbc.sql(WAITS)
        .param("batch", id)
        .param("now", now.toEpochMilli())
        .query(
            (row, number) ->
                "continues at "
                    + Instant.ofEpochMilli(row.getLong("due_at"))
                    + ": "
                    + row.getString("reason"))
        .optional();
  }

  /** Why the list could not be read to its end; empty while it is being read or complete. */
  public Optional<String> failure(JdbcClient jdbc) {
    return isListed
        ? Optional.empty()
        : jdbc.sql(
                "select reason from event"
                    + " where object_type = ? and object_id = ? and state <> 'pending'")
            .params(OBJECT_TYPE, Long.toString(id))
            .query(String.class)
            .optional();
  }

  /** Whether nothing is left to do. */
  public boolean isOver(JdbcClient jdbc) {
    return (isListed || failure(jdbc).isPresent()) && events(jdbc).get(EventState.PENDING) == 0;
  }

  /** The event for one of its activities. */
  NewEvent event(String activityId) {
    return new NewEvent(
        ORIGIN,
        Priority.HISTORY,
        0,
        "activity",
        activityId,
        "create",
        athleteId,
        Instant.ofEpochMilli(id),
        new TreeMap<>(options.laps() ? Map.of() : Map.of("laps", "false")));
  }

  /** Its progress as text. */
  public String summary() {
    List<String> parts = new ArrayList<>();
    parts.add(fresh + (options.dryRun() ? " would be downloaded" : " to download"));
    parts.add(known + " known already");
    leftOut.forEach((kind, number) -> parts.add(number + " left out: " + kind));
    return listed + " activities listed; " + String.join(", ", parts);
  }
}
