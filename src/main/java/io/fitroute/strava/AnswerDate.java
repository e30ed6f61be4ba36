package io.fitroute.strava;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What the header {@code Date} of an answer says: the server's clock, in whole seconds. */
public final class AnswerDate {

  private AnswerDate() {}

  /** Reads it; empty if it is no date of RFC 1123. */
  public static Optional<Instant> read(String header) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
