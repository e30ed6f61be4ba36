package io.fitroute.strava.upload;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.strava.activity.Activity;
import io.fitroute.strava.upload.Upload.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Records uploads by athlete and content, so that no file is sent twice. */
public final class Uploads {

  private static final String ASK = SqlText.named("ask-upload");
  private static final String BEGIN = SqlText.named("begin-upload");
  private static final String TELL = SqlText.named("tell-upload");
  private static final String ORIGINAL = SqlText.named("original-upload");
  private static final String NEEDED = SqlText.named("needed-uploads");
  private static final String FIND = "select * from upload where athlete_id = ? and sha256 = ?";
  private static final String UNFINISHED =
      "select count(*) from upload where state in ('waiting', 'sending', 'processing')";

  private final Ledger ledger;
  private final Clock clock;

  public Uploads(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Records that a file is to be uploaded, unless Strava has it or has rejected it.
   *
   * @param again whether to send a file again that was rejected or whose activity was deleted
   */
  public Upload ask(String athleteId, String sha256, String name, String dataType, boolean again) {
    return ledger.write(
        jdbc -> {
          jdbc.sql(ASK)
              .param("athleteId", athleteId)
              .param("sha256", sha256)
              .param("name", name)
              .param("dataType", dataType)
              .param("again", again ? 1 : 0)
              .param("now", clock.millis())
              .update();
          return find(jdbc, athleteId, sha256).orElseThrow();
        });
  }

  public Optional<Upload> find(String athleteId, String sha256) {
    return find(ledger.read(), athleteId, sha256);
  }

  private static Optional<Upload> find(JdbcClient jdbc, String athleteId, String sha256) {
    return jdbc.sql(FIND).params(athleteId, sha256).query(Uploads::upload).optional();
  }

  /**
   * The FIT file that an activity was created from. It is found by the activity's ID, or by the
   * upload ID or external ID in the activity's details.
   */
  public Optional<Upload> original(
      String athleteId, String activityId, Optional<Activity> activity) {
    return ledger
        .read()
        .sql(ORIGINAL)
        .param("athleteId", athleteId)
        .param("activityId", activityId)
        .param("uploadId", detail(activity, "upload_id"))
        .param("externalId", detail(activity, "external_id").replaceFirst("[.].*", ""))
        .query(Uploads::upload)
        .optional();
  }

  private static String detail(Optional<Activity> activity, String name) {
    return activity.map(known -> known.details().path(name).asText("")).orElse("");
  }

  /**
   * Whether the copy of a file is still needed, for its upload or for the delivery of its activity.
   *
   * @param since activities created before this time are no longer awaited
   */
  public boolean isNeeded(String sha256, Instant since) {
    return ledger
            .read()
            .sql(NEEDED)
            .param("sha256", sha256)
            .param("since", since.toEpochMilli())
            .query(Long.class)
            .single()
        > 0;
  }

  /** The number of uploads without a final result. */
  public static long unfinished(Ledger ledger) {
    return Rows.count(ledger.read(), UNFINISHED);
  }

  /**
   * Records that a file is being sent, unless there is an objection. Both happen in one
   * transaction.
   *
   * @return the objection, if any
   */
  <T> Optional<T> begin(Upload upload, Function<JdbcClient, Optional<T>> objection) {
    return ledger.write(
        jdbc -> {
          Optional<T> against = objection.apply(jdbc);
          if (against.isEmpty()) {
            jdbc.sql(BEGIN)
                .param("now", clock.millis())
                .param("athleteId", upload.athleteId())
                .param("sha256", upload.sha256())
                .update();
          }
          return against;
        });
  }

  /** Records that Strava definitely does not have the file. */
  void notTaken(Upload upload) {
    ledger.write(
        jdbc ->
            jdbc.sql(
                    "update upload set state = 'waiting', sent_at = 0"
                        + " where athlete_id = ? and sha256 = ?")
                .params(upload.athleteId(), upload.sha256())
                .update());
  }

  /** Records Strava's report on an upload. A text is empty if Strava reports none. */
  void update(Upload upload, State state, String uploadId, String activityId, String reason) {
    ledger.write(
        jdbc ->
            jdbc.sql(TELL)
                .param("state", state.word())
                .param("uploadId", uploadId)
                .param("activityId", activityId)
                .param("reason", reason)
                .param("now", clock.millis())
                .param("athleteId", upload.athleteId())
                .param("sha256", upload.sha256())
                .update());
  }

  private static Upload upload(ResultSet row, int number) throws SQLException {
    return new Upload(
        row.getString("athlete_id"),
        row.getString("sha256"),
        row.getString("name"),
        row.getString("data_type"),
        State.of(row.getString("state")),
        row.getInt("resent") == 1,
        row.getInt("looks"),
        row.getString("upload_id"),
        row.getString("activity_id"),
        row.getString("reason"),
        Instant.ofEpochMilli(row.getLong("asked_at")),
        Instant.ofEpochMilli(row.getLong("sent_at")),
        Instant.ofEpochMilli(row.getLong("looked_at")));
  }
}
