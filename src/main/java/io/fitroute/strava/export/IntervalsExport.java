package io.fitroute.strava.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.export.ExportReceiver;
import io.fitroute.export.ExportRefused;
import io.fitroute.export.ExportRefused.Kind;
import io.fitroute.settings.Settings;
import io.fitroute.strava.activity.Activity;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * The file of a device at Intervals.icu, which has it from the device's own service. What came
 * there through Strava is a stub without a file.
 */
public final class IntervalsExport {

  private static final String NAME = "intervals";
  private static final Pattern ID = Pattern.compile("i?[0-9]{1,20}");
  private static final Duration TOLERANCE = Duration.ofSeconds(60);

  /** Services count pauses in ways of their own. */
  private static final double SHARE_OF_DURATION = 0.1;

  private final boolean keyGiven;
  private final ExportReceiver receiver;

  /**
   * @param keyGiven whether there is an API key
   */
  public IntervalsExport(boolean keyGiven, ExportReceiver receiver) {
    this.keyGiven = keyGiven;
    this.receiver = receiver;
  }

  /** With the key that is set. */
  public static IntervalsExport of(Settings settings, ExportReceiver receiver) {
    return new IntervalsExport(settings.secret("intervals.api-key").isPresent(), receiver);
  }

  /**
   * What the question for activities says after the {@code ?}.
   *
   * @throws ExportRefused without an API key
   */
  public String window(@Variable("activity") Activity activity) {
    if (!keyGiven) {
      throw new ExportRefused(Kind.CREDENTIAL, "intervals.api-key is not set");
    }
    LocalDate day = activity.startLocal().toLocalDate();
    return "oldest=" + day.minusDays(1) + "&newest=" + day.plusDays(1);
  }

  /**
   * The id of the same activity there: of the same start, sport and duration.
   *
   * @throws ExportRefused if it is not there, or without a file
   */
  public String find(@Variable("activity") Activity activity, @Body JsonNode found) {
    boolean stub = false;
    for (JsonNode there : found) {
      if (there.path("source").asText().equals("STRAVA")) {
        stub |= startsWith(activity, there);
      } else if (ID.matcher(there.path("id").asText()).matches()
          && startsWith(activity, there)
          && isAlike(activity, there)) {
        return there.path("id").asText();
      }
    }
    throw stub
        ? new ExportRefused(
            Kind.ABSENT, "Intervals.icu has the activity only from Strava, without a file")
        : new ExportRefused(Kind.EXPECTED, "Intervals.icu does not have the activity yet");
  }

  private static boolean startsWith(Activity activity, JsonNode there) {
    try {
      LocalDateTime start = LocalDateTime.parse(there.path("start_date_local").asText());
      return Duration.between(activity.startLocal(), start).abs().compareTo(TOLERANCE) <= 0;
    } catch (DateTimeException none) {
      return false;
    }
  }

  private static boolean isAlike(Activity activity, JsonNode there) {
    JsonNode details = activity.details();
    return isSameSport(activity.sportType(), there.path("type").asText())
        && (isClose(details.path("elapsed_time"), there.path("elapsed_time"))
            || isClose(details.path("moving_time"), there.path("moving_time")));
  }

  /** A device knows no more than that it was a run, or a ride. */
  private static boolean isSameSport(String one, String other) {
    return one.equals(other)
        || one.endsWith("Run") && other.endsWith("Run")
        || one.endsWith("Ride") && other.endsWith("Ride");
  }

  private static boolean isClose(JsonNode one, JsonNode other) {
    long difference = Math.abs(one.asLong() - other.asLong());
    return one.isNumber()
        && other.isNumber()
        && difference <= Math.max(TOLERANCE.toSeconds(), SHARE_OF_DURATION * one.asLong());
  }

  /**
   * Takes the file in.
   *
   * @throws ExportRefused if it is no valid FIT file
   */
  public void receive(
      Exchange exchange, @Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body InputStream body)
      throws IOException {
    try (InputStream content = body == null ? InputStream.nullInputStream() : body) {
      switch (status) {
        case 200 -> receiver.receive(exchange, NAME, content);
        case 404, 422 ->
            throw new ExportRefused(Kind.ABSENT, "Intervals.icu has no file of the activity");
        default ->
            throw new ExportRefused(
                Kind.PASSING, "Intervals.icu answered " + status + " for the file");
      }
    }
  }
}
