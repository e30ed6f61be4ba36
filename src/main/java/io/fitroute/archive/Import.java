package io.fitroute.archive;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A run that imports the files of one path. It can be interrupted and resumed.
 *
 * @param id its ID
 * @param what the imported path
 * @param version the size and time of the path; an interrupted import is resumed only if it is
 *     unchanged
 * @param provenance the provenance of its files
 * @param undone whether it was undone
 */
public record Import(long id, String what, String version, String provenance, boolean undone) {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final String NOTE = SqlText.named("note-import-entry");
  private static final String ADDED = SqlText.named("added-by-import");
  private static final String DEAD = SqlText.named("dead-events-of-import");
  private static final String MOVING = SqlText.named("moving-events-of-import");
  private static final String ENTRIES = SqlText.named("import-entries");

  /** The result for a file. */
  public enum State {
    IMPORTED,
    /** It replaces a file written from streams. */
    UPGRADED,
    /** It was converted to FIT and imported. */
    CONVERTED,
    /** The activity already has its file, or will have it soon. */
    KNOWN,
    /** It is not wanted, or is not the file of an activity. */
    SKIPPED,
    /** It cannot be read, or its delivery has failed for good. */
    BROKEN,
    /** Its import was undone. */
    UNDONE,
    /** Its event is still pending. */
    WAITING;

    static State of(String word) {
      return switch (word) {
        case "pending" -> WAITING;
        case "dead" -> BROKEN;
        default -> valueOf(word.toUpperCase(Locale.ROOT));
      };
    }

    /** The name in the ledger and in reports. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The result for one file.
   *
   * @param reason why it was not imported; otherwise empty
   * @param activityId the activity of the file; empty if unknown
   */
  public record Entry(String name, State state, String reason, Optional<String> activityId) {}

  /** Resumes an interrupted import of the same path and version, or starts a new one. */
  public static Import begin(
      Ledger ledger, String what, String version, String provenance, Instant now) {
    return ledger.write(
        jdbc ->
            jdbc.sql(
                    "select * from import where what = ? and version = ? and read_at is null"
                        + " and undone_at is null order by id desc limit 1")
                .params(what, version)
                .query(Import::of)
                .optional()
                .orElseGet(() -> insert(jdbc, what, version, provenance, now)));
  }

  private static Import insert(
      JdbcClient jdbc, String what, String version, String provenance, Instant now) {
    long id = jdbc.sql("select coalesce(max(id), 0) + 1 from import").query(Long.class).single();
    jdbc.sql("insert into import (id, what, version, provenance, begun_at) values (?, ?, ?, ?, ?)")
        .params(id, what, version, provenance, now.toEpochMilli())
        .update();
    return new Import(id, what, version, provenance, false);
  }

  /** The import with an ID. */
  public static Optional<Import> find(Ledger ledger, long id) {
    return ledger
        .read()
        .sql("select * from import where id = ?")
        .param(id)
        .query(Import::of)
        .optional();
  }

  private static Import of(ResultSet row, int number) throws SQLException {
    return new Import(
        row.getLong("id"),
        row.getString("what"),
        row.getString("version"),
        row.getString("provenance"),
        row.getObject("undone_at") != null);
  }

  /** The results for its files so far. */
  public List<Entry> entries(Ledger ledger) {
    return ledger
        .read()
        .sql(ENTRIES)
        .param("import", id)
        .query(
            (row, number) ->
                new Entry(
                    row.getString("name"),
                    State.of(row.getString("state")),
                    row.getString("reason"),
                    Optional.ofNullable(row.getString("activity_id"))))
        .list();
  }

  /** The names of the files that need not be read again. */
  public Set<String> settled(Ledger ledger, boolean retriesBroken) {
    return entries(ledger).stream()
        .filter(entry -> !retriesBroken || entry.state() != State.BROKEN)
        .map(Entry::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Records the result for a file within a transaction. */
  int note(JdbcClient jdbc, String name, Verdict verdict, Optional<Long> eventId, boolean seeded) {
    return jdbc.sql(NOTE)
        .params(
            Map.of(
                "import",
                id,
                "name",
                name,
                "state",
                verdict.state().word(),
                "reason",
                verdict.reason(),
                "seeded",
                seeded ? 1 : 0))
        .param("activityId", verdict.activityId().orElse(null), Types.VARCHAR)
        .param("sha256", verdict.sha256().orElse(null), Types.VARCHAR)
        .param("eventId", eventId.orElse(null), Types.BIGINT)
        .update();
  }

  /** Records that all files have been read, so the import is not resumed. */
  public void end(Ledger ledger, Instant now) {
    ledger.write(
        jdbc ->
            jdbc.sql("update import set read_at = ? where id = ?")
                .params(now.toEpochMilli(), id)
                .update());
  }

  /** Whether any of its files is being delivered or is due within two seconds. */
  public boolean isMoving(Ledger ledger, Instant now) {
    return ledger
            .read()
            .sql(MOVING)
            .param("import", id)
            .param("soon", now.plus(SOON).toEpochMilli())
            .query(Integer.class)
            .single()
        > 0;
  }

  /** The dead events of its files that are still kept. */
  public List<Long> deadEvents(Ledger ledger) {
    return ledger.read().sql(DEAD).param("import", id).query(Long.class).list();
  }

  /** An activity to which the import has added a file. */
  public record Added(String activityId, String athleteId) {}

  /**
   * Records that the import is undone; from then on none of its files is delivered.
   *
   * @return the activities whose files have to be removed
   */
  public List<Added> undo(Ledger ledger, Instant now) {
    ledger.write(
        jdbc ->
            jdbc.sql("update import set undone_at = coalesce(undone_at, ?) where id = ?")
                .params(now.toEpochMilli(), id)
                .update());
    return ledger
        .read()
        .sql(ADDED)
        .param("import", id)
        .query(
            (row, number) -> new Added(row.getString("activity_id"), row.getString("athlete_id")))
        .list();
  }
}
