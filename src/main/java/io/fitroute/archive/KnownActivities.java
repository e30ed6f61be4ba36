package io.fitroute.archive;

import io.fitroute.fit.FitReport;
import io.fitroute.fit.Sport;
import io.fitroute.ledger.SqlText;
import io.fitroute.strava.export.streams.SportTable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the activity of a file: by content, or by start and sport. */
public final class KnownActivities {

  /** How far two devices, or a device and Strava, may differ about when an activity began. */
  private static final Duration TOLERANCE = Duration.ofSeconds(60);

  /** How much they may differ about how long it took, besides. */
  private static final double TOLERATED_SHARE = 0.05;

  /** No id of Strava begins so. */
  private static final String OWN = "file-";

  private static final int DIGITS = 16;
  private static final String WITH_CONTENT = SqlText.named("activities-with-content");
  private static final String STARTED = SqlText.named("activities-started");

  private KnownActivities() {}

  /**
   * An activity that began when a file did.
   *
   * @param sport a sport type of Strava, or the words for a sport of FIT
   * @param elapsedTime seconds, pauses included
   * @param hasFile whether its file is at a sink, or about to be
   */
  public record Match(
      String id, String sport, Instant start, OptionalDouble elapsedTime, boolean hasFile) {

    /** Whether it took as long as a file says, as far as both tell. */
    boolean lasts(OptionalDouble seconds) {
      if (elapsedTime.isEmpty() || seconds.isEmpty()) {
        return true;
      }
      double longer = Math.max(elapsedTime.getAsDouble(), seconds.getAsDouble());
      return Math.abs(elapsedTime.getAsDouble() - seconds.getAsDouble())
          <= Math.max(TOLERANCE.toSeconds(), TOLERATED_SHARE * longer);
    }
  }

  /** The id of a file whose activity at Strava is not known; the same for the same content. */
  public static String ownId(String sha256) {
    return OWN + sha256.substring(0, DIGITS);
  }

  /** Whether an id is such a one. */
  public static boolean isOwn(String id) {
    return id.startsWith(OWN);
  }

  /** The name of the file of such an activity, by its start in UTC: {@code 20261120T180205Z}. */
  public static String name(Instant start) {
    return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX").format(start.atOffset(ZoneOffset.UTC));
  }

  /** The activities that have a file of this content, or are about to. */
  public static List<String> withContent(JdbcClient jdbc, String sha256) {
    return jdbc.sql(WITH_CONTENT).param("sha256", sha256).query(String.class).list();
  }

  /**
   * The activity that began with a file and is of its sport, the nearest one; if that has a file
   * already, only if the two took as long.
   */
  public static Optional<String> matching(JdbcClient jdbc, FitReport report) {
    String sport = report.sport().map(Sport::title).orElse("");
    return report
        .startTime()
        .flatMap(
            start ->
                startedAt(jdbc, start).stream()
                    .filter(one -> isSame(one.sport(), sport))
                    .filter(one -> !one.hasFile() || one.lasts(report.elapsedTime()))
                    .min(
                        Comparator.comparing(
                                (Match one) -> Duration.between(one.start(), start).abs())
                            .thenComparing(one -> isOwn(one.id()))))
        .map(Match::id);
  }

  /** All that began at a time. */
  public static List<Match> startedAt(JdbcClient jdbc, Instant start) {
    return jdbc.sql(STARTED)
        .param("from", start.minus(TOLERANCE).toEpochMilli())
        .param("to", start.plus(TOLERANCE).toEpochMilli())
        .query(
            (row, number) -> {
              double elapsed = row.getDouble("elapsed_time");
              return new Match(
                  row.getString("id"),
                  Optional.ofNullable(row.getString("sport")).orElse(""),
                  Instant.ofEpochMilli(row.getLong("start_time")),
                  elapsed > 0 ? OptionalDouble.of(elapsed) : OptionalDouble.empty(),
                  row.getInt("has_file") == 1);
            })
        .list();
  }

  /** Whether two sports, in Strava's or FIT's words, may be the same. */
  public static boolean isSame(String words, String others) {
    return family(words).isEmpty()
        || family(others).isEmpty()
        || family(words).equals(family(others));
  }

  /** FIT's word for a sport, without its kind; empty if that is not known. */
  private static String family(String words) {
    if (words.equals("unknown") || words.startsWith("generic")) {
      return "";
    }
    return SportTable.number(words).stream()
        .mapToObj(number -> new Sport(number, 0).title())
        .findFirst()
        .orElseGet(() -> words.split(",", 2)[0]);
  }
}
