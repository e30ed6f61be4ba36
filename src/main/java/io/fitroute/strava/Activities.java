package io.fitroute.strava;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fitroute.fit.FileFormat;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.Lane;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** What is known of activities: it spares questions, and tells charts and scripts. */
public final class Activities {

  private static final String RECORD = SqlText.named("record-activity");
  private static final String FOLLOW = SqlText.named("follow-update");
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  private final Ledger ledger;
  private final SportTypes sportTypes;
  private final boolean manualWanted;
  private final boolean detailsStored;
  private final Clock clock;

  /**
   * @param manualWanted whether activities that were entered by hand are wanted
   * @param detailsStored whether more is kept of them than the work needs
   */
  public Activities(
      Ledger ledger,
      SportTypes sportTypes,
      boolean manualWanted,
      boolean detailsStored,
      Clock clock) {
    this.ledger = ledger;
    this.sportTypes = sportTypes;
    this.manualWanted = manualWanted;
    this.detailsStored = detailsStored;
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
        .sql("select sport_type, manual from activity where id = ? and deleted_at is null")
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
   * older than an update that may have changed them, or than a deletion.
   */
  public boolean isOutdated(@Body Object cached, @Variable("event") Event event) {
    return !(cached instanceof Activity activity)
        || (isUpdate(event) && activity.readAt().isBefore(event.receivedAt()))
        || isMarkedDeleted(event);
  }

  private static boolean isUpdate(Event event) {
    return event.aspect().equals("update");
  }

  private boolean isMarkedDeleted(Event event) {
    return Rows.any(
        ledger.read(),
        "select count(*) from activity where id = ? and deleted_at is not null",
        event.objectId());
  }

  /**
   * Whether what is known of a delivered activity is not so any more, in a way that an event does
   * not tell in full: it is shown again, or has another type, of which an event knows only the old
   * word, such as {@code Ride} for a gravel ride.
   */
  public boolean isToBeReadAgain(
      @Variable("event") Event event, @Variable("activity") Activity activity) {
    boolean changed =
        isUpdate(event)
            && activity != null
            && Optional.ofNullable(event.updates().get("type"))
                .filter(SportTypes::isWord)
                .filter(type -> !SportTypes.isWordFor(type, activity.sportType()))
                .isPresent();
    return changed || isMarkedDeleted(event);
  }

  /**
   * Reads the details of an event's activity, and remembers what matters of them. It is there, so
   * it is not deleted, whatever was known before.
   *
   * @throws StravaRefusal if something indispensable is missing, or they are of another activity
   * @throws OtherAthlete if they are of somebody else's activity
   */
  public Activity read(@Body JsonNode details, @Variable("event") Event event) {
    Activity activity = Activity.of(details, clock.instant());
    if (!activity.id().equals(event.objectId())) {
      throw StravaRefusal.without("id: it is of another activity");
    }
    if (!activity.athleteId().isEmpty() && !activity.athleteId().equals(event.ownerId())) {
      throw new OtherAthlete(event.ownerId(), activity.athleteId());
    }
    StoredDetails stored = detailsStored ? StoredDetails.of(details) : StoredDetails.none();
    ledger.write(
        jdbc -> {
          jdbc.sql("update tombstone set confirmed = 0 where activity_id = ? and confirmed = 1")
              .param(activity.id())
              .update();
          return jdbc.sql(RECORD)
              .params(stored.columns())
              .param("id", activity.id())
              .param("athleteId", event.ownerId())
              .param("sportType", activity.sportType())
              .param("startTime", activity.start().toEpochMilli())
              .param("startLocal", LOCAL.format(activity.startLocal().truncatedTo(SECONDS)))
              .param("manual", activity.manual() ? 1 : 0)
              .param("readAt", activity.readAt().toEpochMilli())
              .update();
        });
    return activity;
  }

  /** Takes note of what the original of an activity is; does not wait until that is on disk. */
  void recordOriginal(String id, FileFormat format) {
    ledger.note(
        jdbc ->
            jdbc.sql("update activity set original_format = ? where id = ?")
                .params(format.name().toLowerCase(Locale.ROOT), id)
                .update());
  }

  /**
   * Takes note of what an update says of an activity whose details are stored, without asking
   * Strava: its title, and whether only its owner may see it.
   */
  public void follow(@Variable("event") Event event) {
    Optional<String> title = title(event);
    Optional<Integer> hidden =
        Optional.ofNullable(event.updates().get("private"))
            .filter(word -> word.equals("true") || word.equals("false"))
            .map(word -> word.equals("true") ? 1 : 0);
    if (isUpdate(event) && (title.isPresent() || hidden.isPresent())) {
      ledger.write(
          jdbc ->
              jdbc.sql(FOLLOW)
                  .param("id", event.objectId())
                  .param("name", title.orElse(null), Types.VARCHAR)
                  .param("private", hidden.orElse(null), Types.INTEGER)
                  .update());
    }
  }

  private static Optional<String> title(Event event) {
    return Optional.ofNullable(event.updates().get("title"))
        .filter(title -> isUpdate(event))
        .map(Activity::nameOf);
  }

  /**
   * Sets the variable {@code activity} to what is known of an event's activity, if anything is. Its
   * name is empty if that is not stored and the event does not tell it.
   */
  public void recall(Exchange exchange, @Variable("event") Event event) {
    ledger
        .read()
        .sql("select * from activity where id = ?")
        .param(event.objectId())
        .query((row, number) -> known(row, title(event)))
        .optional()
        .ifPresent(activity -> exchange.setVariable("activity", activity));
  }

  private static Activity known(ResultSet row, Optional<String> title) throws SQLException {
    Optional<String> name = Optional.ofNullable(row.getString("name"));
    return new Activity(
        row.getString("id"),
        row.getString("athlete_id"),
        title.or(() -> name).orElse(""),
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
