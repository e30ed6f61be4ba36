package io.fitroute.strava.activity;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fitroute.fit.FileFormat;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.StravaRefusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of activities: it spares questions, and tells charts and scripts. */
public final class Activities {

  /** The origin of events that a list led to. */
  private static final String PAST = "backfill";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORD = SqlText.named("record-activity");
  private static final String SEED = SqlText.named("seed-activity");
  private static final String TELL_RECORDING = SqlText.named("tell-recording");
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  private final Ledger ledger;
  private final WantedSportTypes wantedSportTypes;
  private final boolean manualWanted;
  private final boolean detailsStored;
  private final Clock clock;

  /**
   * @param manualWanted whether activities that were entered by hand are wanted
   * @param detailsStored whether more is kept of them than the work needs
   */
  public Activities(
      Ledger ledger,
      WantedSportTypes wantedSportTypes,
      boolean manualWanted,
      boolean detailsStored,
      Clock clock) {
    this.ledger = ledger;
    this.wantedSportTypes = wantedSportTypes;
    this.manualWanted = manualWanted;
    this.detailsStored = detailsStored;
    this.clock = clock;
  }

  /** As the settings have it. */
  public static Activities of(Ledger ledger, Settings settings, Clock clock) {
    return new Activities(
        ledger,
        new WantedSportTypes(settings.list("strava.sport-types")),
        settings.choice("strava.manual").equals("include"),
        settings.choice("strava.store-details").equals("true"),
        clock);
  }

  /**
   * Whether it is known already that an event cannot lead to a file, and the event does not say
   * that this may have changed. Who asks by hand is not put off with what was known.
   */
  public boolean isKnownUnwanted(@Variable("event") Event event) {
    boolean mayHaveChanged =
        event.priority() == Priority.MANUAL || event.updates().containsKey("type");
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
    return wantedSportTypes.isUnwanted(sportType) ? sportType + " is not wanted" : "";
  }

  /** Whether a list has shown the activity of an event from the past, and nothing is cached. */
  public boolean isListed(@Body Object cached, @Variable("event") Event event) {
    return event.origin().equals(PAST) && !(cached instanceof Activity);
  }

  /** The activity as the list has shown it, or as it was read since; nothing if that has lapsed. */
  public Object fromList(@Variable("event") Event event) {
    return ledger
        .read()
        .sql("select details, read_at from activity where id = ? and details is not null")
        .param(event.objectId())
        .query((row, number) -> stored(row.getString("details"), row.getLong("read_at")))
        .optional()
        .flatMap(Function.identity())
        .orElse(null);
  }

  private static Optional<Activity> stored(String details, long readAt) {
    try {
      return Optional.of(Activity.of(JSON.readTree(details), Instant.ofEpochMilli(readAt)));
    } catch (JsonProcessingException | StravaRefusal incomplete) {
      return Optional.empty();
    }
  }

  /** Whether laps are wanted that only the details hold. */
  public boolean isWithoutLaps(
      @Variable("event") Event event, @Variable("activity") Activity activity) {
    return event.origin().equals(PAST)
        && !event.updates().getOrDefault("laps", "").equals("false")
        && !activity.manual()
        && !activity.details().has("laps");
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
   * Whether what is known of a delivered activity may not be so any more: an event says so, which
   * anybody may have sent, so that only Strava's answer tells; or it is shown again.
   */
  public boolean isToBeReadAgain(
      @Variable("event") Event event, @Variable("activity") Activity activity) {
    boolean changed =
        isUpdate(event)
            && activity != null
            && (saysAnotherType(event, activity)
                || saysAnotherTitle(event, activity)
                || saysAnotherPrivacy(event));
    return changed || isMarkedDeleted(event);
  }

  /** An event knows only the old word for a type, such as {@code Ride} for a gravel ride. */
  private static boolean saysAnotherType(Event event, Activity activity) {
    return Optional.ofNullable(event.updates().get("type"))
        .filter(WantedSportTypes::isWord)
        .filter(type -> !WantedSportTypes.isWordFor(type, activity.sportType()))
        .isPresent();
  }

  private static boolean saysAnotherTitle(Event event, Activity activity) {
    return Optional.ofNullable(event.updates().get("title"))
        .filter(title -> !Activity.nameOf(title).equals(activity.name()))
        .isPresent();
  }

  private boolean saysAnotherPrivacy(Event event) {
    return event.updates().containsKey("private")
        && Rows.any(
            ledger.read(),
            "select count(*) from activity where id = ? and private <> ?",
            event.objectId(),
            event.updates().get("private").equals("true") ? 1 : 0);
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
          jdbc.sql("delete from tombstone where activity_id = ?").param(activity.id()).update();
          int recorded =
              jdbc.sql(RECORD)
                  .params(stored.columns())
                  .param("id", activity.id())
                  .param("athleteId", event.ownerId())
                  .param("sportType", activity.sportType())
                  .param("startTime", activity.start().toEpochMilli())
                  .param("startLocal", LOCAL.format(activity.startLocal().truncatedTo(SECONDS)))
                  .param("manual", activity.manual() ? 1 : 0)
                  .param("readAt", activity.readAt().toEpochMilli())
                  .update();
          jdbc.sql(TELL_RECORDING).param("activityId", activity.id()).update();
          return recorded;
        });
    return activity;
  }

  /**
   * Takes note of what a list says of an activity, as part of a transaction, unless more is known
   * of it already. Whether it was deleted is not touched.
   */
  public int seed(JdbcClient jdbc, Activity activity, JsonNode entry, String athleteId) {
    StoredDetails stored = detailsStored ? StoredDetails.of(entry) : StoredDetails.none();
    return jdbc.sql(SEED)
        .params(stored.columns())
        .param("id", activity.id())
        .param("athleteId", athleteId)
        .param("sportType", activity.sportType())
        .param("startTime", activity.start().toEpochMilli())
        .param("startLocal", LOCAL.format(activity.startLocal().truncatedTo(SECONDS)))
        .param("manual", activity.manual() ? 1 : 0)
        .param("readAt", activity.readAt().toEpochMilli())
        .update();
  }

  /** Why an activity is left out: {@code entered by hand}, its sport type; empty if it is not. */
  public Optional<String> leftOut(Activity activity) {
    if (activity.manual() && !manualWanted) {
      return Optional.of("entered by hand");
    }
    return unwanted(activity.sportType());
  }

  /** A sport type, if it is not wanted. */
  public Optional<String> unwanted(String sportType) {
    return Optional.of(sportType).filter(wantedSportTypes::isUnwanted);
  }

  /** Takes note of what the original of an activity is; does not wait until that is on disk. */
  public void recordOriginal(String id, FileFormat format) {
    ledger.note(
        jdbc ->
            jdbc.sql("update activity set original_format = ? where id = ?")
                .params(format.name().toLowerCase(Locale.ROOT), id)
                .update());
  }

  /**
   * Sets the variable {@code activity} to what is known of an event's activity, if anything is. Its
   * name is empty if that is not stored.
   */
  public void recall(Exchange exchange, @Variable("event") Event event) {
    ledger
        .read()
        .sql("select * from activity where id = ?")
        .param(event.objectId())
        .query((row, number) -> known(row))
        .optional()
        .ifPresent(activity -> exchange.setVariable("activity", activity));
  }

  private static Activity known(ResultSet row) throws SQLException {
    return new Activity(
        row.getString("id"),
        row.getString("athlete_id"),
        Optional.ofNullable(row.getString("name")).orElse(""),
        row.getString("sport_type"),
        Instant.ofEpochMilli(row.getLong("start_time")),
        LocalDateTime.parse(row.getString("start_local")),
        row.getInt("manual") == 1,
        Instant.ofEpochMilli(row.getLong("read_at")),
        MissingNode.getInstance());
  }

  /** What else is to be said of an update: that the run is something that is not wanted now. */
  public String remark(@Variable("event") Event event, @Variable("activity") Activity activity) {
    return event.updates().containsKey("type") && wantedSportTypes.isUnwanted(activity.sportType())
        ? "; its type at Strava is now " + activity.sportType() + ", the file is kept"
        : "";
  }
}
