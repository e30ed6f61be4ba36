package io.fitroute.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a time in seconds since 1970, as in Strava's events, or in ISO 8601. */
final class EventTime implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    try {
      return text.matches("[0-9]{1,12}")
          ? Instant.ofEpochSecond(Long.parseLong(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException malformed) {
      throw new TypeConversionException(
          "found '"
              + text
              + "', allowed are seconds since 1970 or a time such as 2026-11-20T06:15:00Z");
    }
  }
}
