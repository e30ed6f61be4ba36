package io.fitroute.delivery;

import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.Measure;
import io.fitroute.fit.Polyline;
import io.fitroute.fit.Sport;
import io.fitroute.inbox.Event;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.sql.Types;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The numbers of delivered files, which are kept when data of the API has expired. They are
 * recorded when the file's path is reserved, so they are known whatever happens to the attempt.
 */
public final class Recordings {

  private static final String RECORD = SqlText.named("record-recording");
  private static final String TELL = SqlText.named("copy-details-to-recording");
  private static final String FORGET = SqlText.named("forget-recordings");
  private static final int LONGEST_TEXT = 256;

  private Recordings() {}

  /** Records the numbers of the exported file if it is the one to be delivered. */
  static void record(JdbcClient jdbc, Exchange exchange, Delivery delivery, Instant now) {
    FitReport report = exchange.getVariable(Exports.REPORT, FitReport.class);
    ExportedFile export = exchange.getVariable(Exports.EXPORT, ExportedFile.class);
    if (report != null && export != null && export.sha256().equals(delivery.sha256())) {
      String athleteId = exchange.getVariable("event", Event.class).ownerId();
      record(jdbc, delivery, athleteId, report, now);
    }
  }

  /**
   * Records the numbers of a file, within a transaction.
   *
   * @param athleteId empty if unknown
   */
  public static void record(
      JdbcClient jdbc, Delivery delivery, String athleteId, FitReport report, Instant now) {
    jdbc.sql(RECORD)
        .param("activityId", delivery.activityId())
        .param("sha256", delivery.sha256())
        .param("provenance", delivery.provenance())
        .param("athleteId", athleteId)
        .param("now", now.toEpochMilli())
        .params(columns(report))
        .update();
    jdbc.sql(TELL).param("activityId", delivery.activityId()).update();
  }

  /** Deletes the numbers of files the activity no longer has, within a transaction. */
  static void forgetOthers(JdbcClient jdbc, String activityId) {
    jdbc.sql(FORGET).param("activityId", activityId).update();
  }

  /**
   * Deletes the numbers of all files that are no longer at any sink.
   *
   * @return the athlete of each remaining activity, where known
   */
  public static Map<String, String> begin(Ledger ledger) {
    ledger.write(
        jdbc ->
            jdbc.sql(
                    "delete from recording where not exists (select 1 from delivery"
                        + " where delivery.activity_id = recording.activity_id"
                        + " and delivery.sha256 = recording.sha256)")
                .update());
    Map<String, String> athletes = new HashMap<>();
    RowCallbackHandler note = row -> athletes.put(row.getString(1), row.getString(2));
    ledger.read().sql("select id, athlete_id from activity").query(note);
    return athletes;
  }

  private static Map<String, Object> columns(FitReport report) {
    Map<String, Object> columns = new LinkedHashMap<>();
    put(columns, "start_time", Types.BIGINT, report.startTime().map(Instant::toEpochMilli));
    put(
        columns,
        "start_local",
        Types.VARCHAR,
        report.startLocal().map(DateTimeFormatter.ISO_LOCAL_DATE_TIME::format));
    put(columns, "sport", Types.VARCHAR, report.sport().map(Sport::title));
    put(columns, "device", Types.VARCHAR, report.device().map(Recordings::shortened));
    for (Measure measure : Measure.values()) {
      put(
          columns,
          measure.name().toLowerCase(Locale.ROOT),
          Types.DOUBLE,
          Optional.ofNullable(report.measures().get(measure)));
    }
    put(columns, "track", Types.VARCHAR, encoded(report.track()));
    put(columns, "overview", Types.VARCHAR, encoded(report.overview()));
    return columns;
  }

  private static Optional<String> encoded(Polyline line) {
    return Optional.of(line.encoded()).filter(text -> !text.isEmpty());
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
  }

  private static void put(Map<String, Object> columns, String column, int type, Optional<?> value) {
    columns.put(column, new SqlParameterValue(type, value.orElse(null)));
  }
}
