package io.fitroute.cli.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows times in the time zone of this machine, with their offset. JSON keeps UTC. */
public final class LocalTimes {

  private static final Pattern UTC =
      Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z");
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx");

  private LocalTimes() {}

  /** Replaces each time in UTC, such as 2026-11-20T06:02:11Z, by local time. */
  public static String in(String text) {
    return UTC.matcher(text).replaceAll(LocalTimes::local);
  }

  private static String local(MatchResult utc) {
    try {
      return LOCAL.format(Instant.parse(utc.group()).atZone(ZoneId.systemDefault()));
    } catch (DateTimeParseException e) {
      return Matcher.quoteReplacement(utc.group());
    }
  }
}
