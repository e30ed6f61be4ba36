package io.fitroute.strava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fitroute.fit.FileFormat;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.Lane;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** What is known of activities: it spares questions, and tells charts and scripts. */
public final class Activities {

  private static final String RECORD = SqlText.named("record-activity");

  private final Ledger ledger;
  private final SportTypes sportTypes;
  private final boolean manualWanted;
  private final Clock clock;

  /**
   * @param manualWanted whether activities that were entered by hand are wanted
   */
  public Activities(Ledger ledger, SportTypes sportTypes, boolean manualWanted, Clock clock) {
    this.ledger = ledger;
    this.sportTypes = sportTypes;
    this.manualWanted = manualWanted;
    this.clock = clock;
  }

  /**
   * Whether it is known already that an event cannot lead to a file, and the event does not say
   * that this may have changed. Who asks by hand is not put off with what was known.
   */
  public boolean isKnownUnwanted(@Variable("event") Event event) {
    boolean mayHaveChanged = event.lane() == Lane.MANUAL || event.updates().containsKey("type");
    return !mayHaveChanged && !whyUnwanted(event).isEmpty();
  }

  /** Why an event's activity is not wanted, by what is known of it; empty if it may be wanted. */
  public String whyUnwanted(@Variable("event") Event event) {
    return ledger
        .read()
        .sql("select sport_type, manual from activity where id = ?")
        .param(event.objectId())
        .query((row, number) -> objection(row.getInt("manual") == 1, row.getString("sport_type")))
        .optional()
        .orElse("");
  }

  private String objection(boolean manual, String sportType) {
    if (manual && !manualWanted) {
      return "it was entered by hand";
    }
    return sportTypes.isUnwanted(sportType) ? sportType + " is not wanted" : "";
  }

  /**
   * Whether details have to be read: there are none (the body is not an activity), or they are
   * older than an update that may have changed them.
   */
  public boolean isOutdated(@Body Object cached, @Variable("event") Event event) {
    return !(cached instanceof Activity activity)
        || (event.aspect().equals("update") && activity.readAt().isBefore(event.receivedAt()));
  }

  /**
   * Reads the details of an event's activity, and remembers what matters of them.
   *
   * @throws IncompleteAnswer if something indispensable is missing, or they are of another activity
   */
  public Activity read(@Body JsonNode details, @Variable("event") Event event) {
    Activity activity = Activity.of(details, clock.instant());
    if (!activity.id().equals(event.objectId())) {
      throw new IncompleteAnswer("id: it is of another activity");
    }
    ledger.write(
        jdbc ->
            jdbc.sql(RECORD)
                .param("id", activity.id())
                .param("athleteId", activity.athleteId())
                .param("name", activity.name())
                .param("sportType", activity.sportType())
                .param("startTime", activity.start().toEpochMilli())
                .param("startLocal", activity.startLocal().toString())
                .param("manual", activity.manual() ? 1 : 0)
                .param("readAt", activity.readAt().toEpochMilli())
                .update());
    return activity;
  }

  /** Takes note of what the original of an activity is; does not wait until that is on disk. */
  void recordOriginal(String id, FileFormat format) {
    ledger.submit(
        jdbc ->
            jdbc.sql("update activity set original_format = ? where id = ?")
                .params(format.name().toLowerCase(Locale.ROOT), id)
                .update());
  }

  /**
   * Takes note of what an update says of an activity that is known, without asking Strava: its
   * title, and that its type is another one now.
   *
   * @return what is known of it now
   */
  public Activity follow(@Variable("event") Event event) {
    Optional<String> title = Optional.ofNullable(event.updates().get("title"));
    return ledger.write(
        jdbc -> {
          title.ifPresent(
              name ->
                  jdbc.sql("update activity set name = ? where id = ?")
                      .params(name, event.objectId())
                      .update());
          return jdbc.sql("select * from activity where id = ?")
              .param(event.objectId())
              .query(Activities::known)
              .single();
        });
  }

  /** Sets the variable {@code activity} to what is known of an event's activity, if anything is. */
  public void recall(Exchange exchange, @Variable("event") Event event) {
    ledger
        .read()
        .sql("select * from activity where id = ?")
        .param(event.objectId())
        .query(Activities::known)
        .optional()
        .ifPresent(activity -> exchange.setVariable("activity", activity));
  }

  private static Activity known(ResultSet row, int number) throws SQLException {
    return new Activity(
        row.getString("id"),
        row.getString("athlete_id"),
        row.getString("name"),
        row.getString("sport_type"),
        Instant.ofEpochMilli(row.getLong("start_time")),
        LocalDateTime.parse(row.getString("start_local")),
        row.getInt("manual") == 1,
        Instant.ofEpochMilli(row.getLong("read_at")),
        MissingNode.getInstance());
  }

  /** What else is to be said of an update: that it made a run something that is not wanted. */
  public String remark(@Variable("event") Event event) {
    String type = event.updates().getOrDefault("type", "");
    return type.isEmpty() || !sportTypes.isUnwanted(type)
        ? ""
        : "; Strava calls it " + type + " now, the file is kept";
  }
}
