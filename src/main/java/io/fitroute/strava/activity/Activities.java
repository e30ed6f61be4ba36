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

/** The known activities. They save API requests and provide data for charts and scripts. */
public final class Activities {

  /** The origin of events found by listing activities. */
  private static final String PAST = "backfill";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORD = SqlText.named("record-activity");
  private static final String SEED = SqlText.named("seed-activity");
  private static final String TELL_RECORDING = SqlText.named("copy-details-to-recording");
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  private final Ledger ledger;
  private final WantedSportTypes wantedSportTypes;
  private final boolean manualWanted;
  private final boolean detailsStored;
  private final Clock clock;

  /**
   * @param manualWanted whether manual entries are wanted
   * @param detailsStored whether details are stored beyond what processing needs
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

  /** Takes its configuration from the settings. */
  public static Activities of(Ledger ledger, Settings settings, Clock clock) {
    return new Activities(
        ledger,
        new WantedSportTypes(settings.list("strava.sport-types")),
        settings.choice("strava.manual").equals("include"),
        settings.choice("strava.store-details").equals("true"),
        clock);
  }

  /**
   * Whether an event is known not to lead to a file. False if the event may have changed this, or
   * was requested by hand.
   */
  public boolean isKnownUnwanted(@Variable("event") Event event) {
    boolean mayHaveChanged =
        event.priority() == Priority.MANUAL || event.updates().containsKey("type");
    return !mayHaveChanged && !whyUnwanted(event).isEmpty();
  }

  /** Why an event's activity is known to be unwanted; empty if it may be wanted. */
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

  /** Whether the activity was entered by hand, and such activities are not wanted. */
  public boolean isUnwantedManualEntry(@Variable("activity") Activity activity) {
    return activity.manual() && !manualWanted;
  }

  /** Whether the activity of a backfill event was listed, and no details are cached. */
  public boolean isListed(@Body Object cached, @Variable("event") Event event) {
    return event.origin().equals(PAST) && !(cached instanceof Activity);
  }

  /** The activity as listed or read since; null if that has expired. */
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

  /** Whether laps are wanted that only the details contain. */
  public boolean isWithoutLaps(
      @Variable("event") Event event, @Variable("activity") Activity activity) {
    return event.origin().equals(PAST)
        && !event.updates().getOrDefault("laps", "").equals("false")
        && !activity.manual()
        && !activity.details().has("laps");
  }

  /**
   * Whether details must be read: there are none (the body is not an activity), or they are older
   * than an update that may have changed them, or the activity is marked as deleted.
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
   * Whether a delivered activity must be read again: an event reports a change, which only Strava
   * can confirm because anybody can post events; or the activity was marked as deleted.
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

  /** Events only use the old {@code type}, such as {@code Ride} for a gravel ride. */
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
   * Reads the details of an event's activity and stores what matters. Since it exists, it is no
   * longer marked as deleted.
   *
   * @throws StravaRefusal if something indispensable is missing, or they are of another activity
   * @throws OtherAthlete if the activity belongs to another athlete
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
   * Stores an activity as listed, within a transaction, unless more is known of it already. Does
   * not change whether it is marked as deleted.
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

  /**
   * Why an activity is not wanted: {@code entered by hand} or its sport type; empty if it is
   * wanted.
   */
  public Optional<String> leftOut(Activity activity) {
    if (isUnwantedManualEntry(activity)) {
      return Optional.of("entered by hand");
    }
    return unwanted(activity.sportType());
  }

  /** A sport type, if it is not wanted. */
  public Optional<String> unwanted(String sportType) {
    return Optional.of(sportType).filter(wantedSportTypes::isUnwanted);
  }

  /** Records the format of an activity's original; does not wait until that is on disk. */
  public void recordOriginal(String id, FileFormat format) {
    ledger.note(
        jdbc ->
            jdbc.sql("update activity set original_format = ? where id = ?")
                .params(format.name().toLowerCase(Locale.ROOT), id)
                .update());
  }

  /**
   * Sets the variable {@code activity} to what is known of an event's activity, if anything. The
   * name is empty if not stored.
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

  /** A remark on an update that changed the type to an unwanted one; else empty. */
  public String remark(@Variable("event") Event event, @Variable("activity") Activity activity) {
    return event.updates().containsKey("type") && wantedSportTypes.isUnwanted(activity.sportType())
        ? "; its type at Strava is now " + activity.sportType() + ", the file is kept"
        : "";
  }
}
