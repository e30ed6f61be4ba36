package io.fitroute.strava.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Date} of a response: the server's clock in whole seconds. */
public final class HttpDate {

  private HttpDate() {}

  /** Parses it; empty if it is not a date of RFC 1123. */
  public static Optional<Instant> read(String header) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
