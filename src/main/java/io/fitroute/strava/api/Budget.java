package io.fitroute.strava.api;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.camel.Exchange;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The remaining API requests. Strava counts per application, in windows that end every quarter of
 * an hour and at midnight UTC, and reports its count in headers; some responses lack them or
 * contain {@code ","}.
 */
public final class Budget {

  /** The subject of the {@code pause} during which no requests are made. */
  static final String PAUSE = "strava-api";

  /** The variable with the instant at which a request was admitted. */
  public static final String ASKED_AT = "askedAt";

  private static final String RECORD = SqlText.named("record-budget");
  private static final String KNOWN =
      "select (select count(*) from activity where id = :id)"
          + " + (select count(*) from delivery where activity_id = :id)";

  /** The share of a day's reads for activities that are unknown and turn out not to exist. */
  private static final int ABSENT_PERCENT = 20;

  private static final Duration WINDOW = Duration.ofMinutes(15);

  /** The header has whole seconds, and servers may read their clock once a second. */
  private static final Duration SAME_TIME = Duration.ofSeconds(2);

  /** A larger difference cannot be the clock that ends the windows. */
  private static final Duration STILL_A_CLOCK = Duration.ofMinutes(10);

  /**
   * How long reported limits stay valid without confirmation; then those of a new application
   * apply.
   */
  private static final Duration LIMITS_HOLD = Duration.ofDays(1);

  private static final int HIGHEST_USAGE = 1_000_000_000;

  private final Ledger ledger;
  private final Cooldowns cooldowns;
  private final int reservePercent;
  private final Clock clock;

  /**
   * @param reservePercent the part of each limit kept for live events during work on history
   */
  public Budget(Ledger ledger, Cooldowns cooldowns, int reservePercent, Clock clock) {
    this.ledger = ledger;
    this.cooldowns = cooldowns;
    this.reservePercent = reservePercent;
    this.clock = clock;
  }

  /**
   * Admits a request and counts it in the ledger, so that the count is shared by all processes and
   * survives them. Work on history leaves the reserve for live events alone. Sets the variable
   * {@code askedAt}.
   *
   * @throws RateLimitExceeded while Strava would refuse the request and count it all the same; and
   *     for an unknown activity after too many that did not exist
   */
  public void admit(Exchange exchange) {
    admit(exchange, Family.ALL);
  }

  /** As {@link #admit}, for an upload, which does not count as a read. */
  public void admitUpload(Exchange exchange) {
    admit(exchange, List.of(Family.OVERALL));
  }

  private void admit(Exchange exchange, List<Family> families) {
    Event event = exchange.getVariable("event", Event.class);
    exchange.setVariable(ASKED_AT, clock.instant());
    Optional<RateLimitExceeded> refusal = ledger.write(jdbc -> take(jdbc, event, families));
    refusal.ifPresent(
        exceeded -> {
          throw exceeded;
        });
  }

  private Optional<RateLimitExceeded> take(JdbcClient jdbc, Event event, List<Family> families) {
    if (isNeverSeen(jdbc, event) && isShareUsedUp(jdbc)) {
      return Optional.of(RateLimitExceeded.ofUnseen(nextMidnight(clock.instant())));
    }
    boolean history = event != null && event.priority() == Priority.HISTORY;
    Optional<Instant> until = take(jdbc, history, families);
    if (until.isEmpty() && event != null) {
      jdbc.sql("update event set asked = 1 where id = ? and asked = 0").param(event.id()).update();
    }
    return until.map(RateLimitExceeded::new);
  }

  /** Whether the event may have been made up by a stranger. */
  private static boolean isNeverSeen(JdbcClient jdbc, Event event) {
    return event != null
        && event.priority() == Priority.LIVE
        && event.objectType().equals("activity")
        && jdbc.sql(KNOWN).param("id", event.objectId()).query(Long.class).single() == 0;
  }

  private boolean isShareUsedUp(JdbcClient jdbc) {
    Instant now = clock.instant();
    long share = (long) usage(jdbc, Family.READ, now).dayLimit() * ABSENT_PERCENT / 100;
    return usage(jdbc, Family.ABSENT, now).dayUsage() >= Math.max(1, share);
  }

  /** Records that an event's activity does not exist; does not wait until that is on disk. */
  void noteAbsent(Event event) {
    Instant now = clock.instant();
    ledger.note(
        jdbc ->
            isNeverSeen(jdbc, event)
                ? store(jdbc, usage(jdbc, Family.ABSENT, now).plusOne(), now)
                : 0);
  }

  /** Checks again for a pause set while this request waited for its turn to write. */
  private Optional<Instant> take(JdbcClient jdbc, boolean history, List<Family> families) {
    Optional<Cooldowns.Pause> pause = cooldowns.of(PAUSE, jdbc);
    if (pause.isPresent()) {
      return pause.map(Cooldowns.Pause::until);
    }
    Instant now = clock.instant();
    List<Usage> usages = families.stream().map(family -> usage(jdbc, family, now)).toList();
    int reserved = history ? reservePercent : 0;
    Optional<Instant> until =
        usages.stream()
            .map(usage -> usage.usedUpUntil(reserved, now))
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    if (until.isEmpty()) {
      usages.forEach(usage -> store(jdbc, usage.plusOne(), now));
    }
    return until;
  }

  /**
   * Records the usage in a response's headers, which includes other users of the application. If a
   * window ended during the request, it is unknown in which one Strava counted it: it counts in the
   * new window too and the headers are ignored. They are also ignored if the window ended by our
   * clock only.
   *
   * @param askedAt when the request was admitted
   */
  public void record(Map<String, Object> headers, Instant askedAt) {
    Instant now = clock.instant();
    boolean windowEnded = nextQuarter(askedAt).isBefore(nextQuarter(now));
    boolean dayEnded = nextMidnight(askedAt).isBefore(nextMidnight(now));
    boolean endedHereOnly = nextQuarter(timeThere(headers, now)).isBefore(nextQuarter(now));
    for (Family family : Family.ALL) {
      if (windowEnded) {
        ledger.note(jdbc -> store(jdbc, usage(jdbc, family, now).carriedOver(dayEnded), now));
      } else if (!endedHereOnly) {
        correct(family, headers, now);
      }
    }
  }

  /**
   * Strava's clock at the time of the response, from the header {@code Date}; the current time if
   * they are almost equal, far apart, or the header is missing.
   */
  private static Instant timeThere(Map<String, Object> headers, Instant now) {
    return header(headers, "Date")
        .flatMap(HttpDate::read)
        .filter(
            there -> {
              Duration apart = Duration.between(there, now).abs();
              return apart.compareTo(SAME_TIME) > 0 && apart.compareTo(STILL_A_CLOCK) < 0;
            })
        .orElse(now);
  }

  private void correct(Family family, Map<String, Object> headers, Instant now) {
    Optional<int[]> limit = limits(headers, family.header());
    Optional<int[]> usage = usages(headers, family.header());
    if (limit.isPresent() && usage.isPresent()) {
      ledger.note(
          jdbc -> {
            // the wait for the ledger may have lasted into the next window
            if (isCountedAfter(jdbc, family, nextQuarter(now))) {
              return 0;
            }
            Usage known = usage(jdbc, family, now);
            return store(jdbc, known.corrected(limit.get(), usage.get(), now), now);
          });
    }
  }

  private static boolean isCountedAfter(JdbcClient jdbc, Family family, Instant windowEnd) {
    return Rows.any(
        jdbc,
        "select count(*) from budget where family = ? and seen_at >= ?",
        family.name(),
        windowEnd.toEpochMilli());
  }

  private static int store(JdbcClient jdbc, Usage usage, Instant now) {
    return jdbc.sql(RECORD)
        .params(
            usage.family(),
            usage.shortLimit(),
            usage.shortUsage(),
            usage.dayLimit(),
            usage.dayUsage(),
            now.toEpochMilli(),
            usage.limitsAt().toEpochMilli())
        .update();
  }

  private static Usage usage(JdbcClient jdbc, Family family, Instant now) {
    return jdbc.sql("select * from budget where family = ?")
        .param(family.name())
        .query((row, number) -> usage(row, family, now))
        .optional()
        .orElseGet(family::unused);
  }

  /**
   * Usage counted in an ended window no longer counts. Usage counted later than now does, because
   * the clock was set back.
   */
  private static Usage usage(ResultSet row, Family family, Instant now) throws SQLException {
    Instant seen = Instant.ofEpochMilli(row.getLong("seen_at"));
    Instant limitsAt = Instant.ofEpochMilli(row.getLong("limits_at"));
    boolean limitsHold = Duration.between(limitsAt, now).abs().compareTo(LIMITS_HOLD) < 0;
    boolean sameWindow = !nextQuarter(seen).isBefore(nextQuarter(now));
    boolean sameDay = !nextMidnight(seen).isBefore(nextMidnight(now));
    return new Usage(
        family.name(),
        limitsHold ? row.getInt("short_limit") : family.shortLimit(),
        sameWindow ? row.getInt("short_usage") : 0,
        limitsHold ? row.getInt("day_limit") : family.dayLimit(),
        sameDay ? row.getInt("day_usage") : 0,
        limitsAt);
  }

  /**
   * A family of requests, with the limits of a new application.
   *
   * @param header the prefix of its headers
   */
  private record Family(String name, String header, int shortLimit, int dayLimit) {

    static final Family READ = new Family("read", "X-ReadRateLimit", 100, 1000);

    static final Family OVERALL = new Family("overall", "X-RateLimit", 200, 2000);

    /** All requests made here except uploads are reads, so they count in both. */
    static final List<Family> ALL = List.of(OVERALL, READ);

    /** Not a limit of Strava: our own count of activities that do not exist. */
    static final Family ABSENT = new Family("absent", "", 0, 0);

    Usage unused() {
      return new Usage(name, shortLimit, 0, dayLimit, 0, Instant.EPOCH);
    }
  }

  /**
   * The usage of a family in the current windows.
   *
   * @param limitsAt when a response last reported the limits
   */
  private record Usage(
      String family, int shortLimit, int shortUsage, int dayLimit, int dayUsage, Instant limitsAt) {

    Usage plusOne() {
      return plus(1, 1);
    }

    Usage carriedOver(boolean intoNextDay) {
      return plus(1, intoNextDay ? 1 : 0);
    }

    private Usage plus(int inWindow, int inDay) {
      return new Usage(
          family, shortLimit, shortUsage + inWindow, dayLimit, dayUsage + inDay, limitsAt);
    }

    /** Our count may be higher, because it includes requests in progress. */
    Usage corrected(int[] limits, int[] usages, Instant now) {
      return new Usage(
          family,
          limits[0],
          Math.max(shortUsage, usages[0]),
          limits[1],
          Math.max(dayUsage, usages[1]),
          now);
    }

    Optional<Instant> usedUpUntil(int reservedPercent, Instant now) {
      if (dayUsage >= withoutReserve(dayLimit, reservedPercent)) {
        return Optional.of(nextMidnight(now));
      }
      return shortUsage >= withoutReserve(shortLimit, reservedPercent)
          ? Optional.of(nextQuarter(now))
          : Optional.empty();
    }

    private static long withoutReserve(long limit, int reservedPercent) {
      return limit - limit * reservedPercent / 100;
    }

    Left left(Instant now) {
      return new Left(
          family,
          Math.max(0, shortLimit - shortUsage),
          shortLimit,
          nextQuarter(now).toString(),
          Math.max(0, dayLimit - dayUsage),
          dayLimit);
    }
  }

  /**
   * Stops requests after a 429 until the end of the exhausted window: the day, if this response or
   * the last report shows it used up, or else the quarter of an hour. The window ends by Strava's
   * clock, so the end is converted to ours.
   *
   * @param askedAt when the request was admitted
   */
  RateLimitExceeded exceeded(Map<String, Object> headers, Instant askedAt) {
    Instant now = clock.instant();
    Duration ahead = Duration.between(timeThere(headers, now), now);
    Instant refused = askedAt.minus(ahead);
    boolean wholeDay =
        Family.ALL.stream().anyMatch(family -> isDayUsedUp(headers, family.header()))
            || left(ledger, refused).stream().anyMatch(family -> family.dayLeft() == 0);
    Instant until = (wholeDay ? nextMidnight(refused) : nextQuarter(refused)).plus(ahead);
    if (until.isAfter(now)) {
      cooldowns.set(PAUSE, until, "the API budget is used up");
    }
    return new RateLimitExceeded(until);
  }

  /**
   * The remaining requests of one family.
   *
   * @param family {@code overall} or {@code read}
   * @param shortUntil when the quarter-hour window ends
   */
  public record Left(
      String family, int shortLeft, int shortLimit, String shortUntil, int dayLeft, int dayLimit) {}

  /** The remaining requests as last reported by Strava; empty before the first report. */
  public static List<Left> left(Ledger ledger, Instant now) {
    return Family.ALL.stream()
        .flatMap(
            family ->
                ledger
                    .read()
                    .sql("select * from budget where family = ?")
                    .param(family.name())
                    .query((row, number) -> usage(row, family, now).left(now))
                    .stream())
        .toList();
  }

  /**
   * When a number of requests for history will be finished, if there are no others.
   *
   * @param reservePercent the part of each limit that is not used
   */
  public static Instant finished(Ledger ledger, Instant now, long requests, int reservePercent) {
    List<Usage> usages =
        Family.ALL.stream().map(family -> usage(ledger.read(), family, now)).toList();
    Instant time = pauseEnd(ledger).filter(until -> until.isAfter(now)).orElse(now);
    long day = nextMidnight(now).isAfter(time) ? most(usages, Usage::dayUsage) : 0;
    long window = nextQuarter(now).isAfter(time) ? most(usages, Usage::shortUsage) : 0;
    long dayMost = least(usages, usage -> Usage.withoutReserve(usage.dayLimit(), reservePercent));
    long windowMost =
        least(usages, usage -> Usage.withoutReserve(usage.shortLimit(), reservePercent));
    long rest = requests;
    while (rest > 0 && windowMost > 0 && dayMost > 0) {
      long some = Math.max(0, Math.min(windowMost - window, dayMost - day));
      if (some >= rest) {
        return time;
      }
      rest -= some;
      day += some;
      window = 0;
      Instant next = day >= dayMost ? nextMidnight(time) : nextQuarter(time);
      if (!next.isBefore(nextMidnight(time))) {
        day = 0;
      }
      time = next;
    }
    return rest > 0 ? Instant.MAX : time;
  }

  private static Optional<Instant> pauseEnd(Ledger ledger) {
    return ledger
        .read()
        .sql("select until_time from pause where subject = ?")
        .param(PAUSE)
        .query((row, number) -> Instant.ofEpochMilli(row.getLong(1)))
        .optional();
  }

  private static long most(List<Usage> usages, ToLongFunction<Usage> value) {
    return usages.stream().mapToLong(value).max().orElse(0);
  }

  private static long least(List<Usage> usages, ToLongFunction<Usage> value) {
    return usages.stream().mapToLong(value).min().orElse(0);
  }

  private static boolean isDayUsedUp(Map<String, Object> headers, String prefix) {
    Optional<int[]> limit = limits(headers, prefix);
    Optional<int[]> usage = usages(headers, prefix);
    return limit.isPresent() && usage.isPresent() && usage.get()[1] >= limit.get()[1];
  }

  static Instant nextQuarter(Instant now) {
    long window = WINDOW.toSeconds();
    return Instant.ofEpochSecond((now.getEpochSecond() / window + 1) * window);
  }

  static Instant nextMidnight(Instant now) {
    return now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).plusDays(1).toInstant();
  }

  /** A limit of 0 is ignored, because without requests a better one would never be seen. */
  private static Optional<int[]> limits(Map<String, Object> headers, String prefix) {
    return pair(headers, prefix + "-Limit").filter(limit -> limit[0] >= 1 && limit[1] >= 1);
  }

  private static Optional<int[]> usages(Map<String, Object> headers, String prefix) {
    return pair(headers, prefix + "-Usage")
        .filter(usage -> Math.max(usage[0], usage[1]) <= HIGHEST_USAGE);
  }

  private static Optional<int[]> pair(Map<String, Object> headers, String name) {
    return header(headers, name).flatMap(Budget::pair);
  }

  private static Optional<String> header(Map<String, Object> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .findFirst()
        .map(header -> String.valueOf(header.getValue()));
  }

  private static Optional<int[]> pair(String text) {
    String[] parts = text.split(",");
    try {
      return parts.length == 2
          ? Optional.of(
              new int[] {Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip())})
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
