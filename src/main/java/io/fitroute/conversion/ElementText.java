package io.fitroute.conversion;

import io.fitroute.fit.FitUnits;
import io.fitroute.text.Plain;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Parses the text of an element. */
final class ElementText {

  private static final int LONGEST_NUMBER = 64;

  /** XML's dateTime; some devices omit the zone, or its colon. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .toFormatter();

  private ElementText() {}

  /** The number; {@link Double#NaN} if the text is not a number. */
  static double number(String text) {
    String number = text.strip().replace(',', '.');
    if (number.isEmpty() || number.length() > LONGEST_NUMBER) {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(number);
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * The time; UTC if it has no zone, as both formats require. Empty if invalid or outside FIT's
   * range.
   */
  static Optional<OffsetDateTime> time(String text) {
    try {
      TemporalAccessor time = TIME.parse(text.strip().replace(' ', 'T'));
      ZoneOffset offset =
          time.isSupported(ChronoField.OFFSET_SECONDS) ? ZoneOffset.from(time) : ZoneOffset.UTC;
      OffsetDateTime known = LocalDateTime.from(time).atOffset(offset);
      FitUnits.timestamp(known.toInstant());
      return Optional.of(known);
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The name on a single line; empty if blank. */
  static Optional<String> name(String text) {
    return Optional.of(Plain.line(text)).filter(line -> !line.isEmpty());
  }
}
