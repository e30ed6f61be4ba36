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
 * How many API requests are left. Strava counts per application, in windows that end at each
 * quarter hour and at midnight UTC, and says in headers how far it has counted; some answers come
 * without, or with {@code ","}.
 */
public final class Budget {

  /** The {@code pause} that holds while nothing may be asked. */
  static final String PAUSE = "strava-api";

  /** The variable that says when a request was let pass, an instant. */
  public static final String ASKED_AT = "askedAt";

  private static final String RECORD = SqlText.named("record-budget");
  private static final String KNOWN =
      "select (select count(*) from activity where id = :id)"
          + " + (select count(*) from delivery where activity_id = :id)";

  /**
   * How much of a day's reads may go into activities that nobody has seen and that are not there.
   */
  private static final int ABSENT_PERCENT = 20;

  private static final Duration WINDOW = Duration.ofMinutes(15);

  /** The header has whole seconds, and servers look at their clock once a second. */
  private static final Duration SAME_TIME = Duration.ofSeconds(2);

  /** What is further off is not the clock that the windows end by. */
  private static final Duration STILL_A_CLOCK = Duration.ofMinutes(10);

  /** For so long a limit holds that no answer confirms; then it is that of a new application. */
  private static final Duration LIMITS_HOLD = Duration.ofDays(1);

  private static final int HIGHEST_USAGE = 1_000_000_000;

  private final Ledger ledger;
  private final Cooldowns cooldowns;
  private final int reservePercent;
  private final Clock clock;

  /**
   * @param reservePercent how much of each limit is kept for live events, when the past is worked
   *     on
   */
  public Budget(Ledger ledger, Cooldowns cooldowns, int reservePercent, Clock clock) {
    this.ledger = ledger;
    this.cooldowns = cooldowns;
    this.reservePercent = reservePercent;
    this.clock = clock;
  }

  /**
   * Lets a request pass, and counts it: in the ledger, so that the count holds for all who work on
   * it, and outlives them. For work on the past the reserve for live events is left alone. The
   * variable {@code askedAt} says when that was.
   *
   * @throws RateLimitExceeded while Strava would refuse it, and count it all the same; and while
   *     too many activities were told of that are not there, for another one that nobody has seen
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

  /** Whether the event may be a stranger's who made up the activity's number. */
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

  /** Takes note that an event's activity is not there; does not wait until that is on disk. */
  void noteAbsent(Event event) {
    Instant now = clock.instant();
    ledger.note(
        jdbc ->
            isNeverSeen(jdbc, event)
                ? store(jdbc, usage(jdbc, Family.ABSENT, now).plusOne(), now)
                : 0);
  }

  /** What another one was told while this one waited for its turn to write counts already. */
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
   * Takes note of what an answer's headers say, which other users of the application count in. If a
   * window ended between the request and its answer, nobody knows in which one Strava counted it:
   * then it counts in the new one, too, and the headers are left alone. So they are if only by our
   * clock a window has ended.
   *
   * @param askedAt when the request was let pass
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
   * What Strava's clock showed when it answered, as the header {@code Date} says in whole seconds.
   * Where that is about now, or far from it, or is not said, now.
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
            // whoever waits for the ledger may have to wait until the next window is begun
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
   * What was counted in a window that is over counts no more; but what was counted later than now
   * does, because then it is the clock that was set back.
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
   * A family of requests, with the limits that a new application has.
   *
   * @param header what the names of its headers begin with
   */
  private record Family(String name, String header, int shortLimit, int dayLimit) {

    static final Family READ = new Family("read", "X-ReadRateLimit", 100, 1000);

    static final Family OVERALL = new Family("overall", "X-RateLimit", 200, 2000);

    /** Everything asked here but an upload reads, so it counts in both. */
    static final List<Family> ALL = List.of(OVERALL, READ);

    /** Not Strava's: what turned out not to be there, by our count. */
    static final Family ABSENT = new Family("absent", "", 0, 0);

    Usage unused() {
      return new Usage(name, shortLimit, 0, dayLimit, 0, Instant.EPOCH);
    }
  }

  /**
   * How much of a family's limits is used in the windows that are open now.
   *
   * @param limitsAt when an answer last told the limits
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

    /** Requests that are under way are in our count and not yet in Strava's. */
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
   * Stops asking after a 429, until the window ends whose limit was reached: the day, if this
   * answer or the last one that said anything shows it used up, or else the quarter of an hour. It
   * ends by Strava's clock; by ours that may be later, or have been while the answer was under way.
   *
   * @param askedAt when the request was let pass
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
   * What is left of one family of requests.
   *
   * @param family {@code overall} or {@code read}
   * @param shortUntil when the window of a quarter of an hour ends
   */
  public record Left(
      String family, int shortLeft, int shortLimit, String shortUntil, int dayLeft, int dayLimit) {}

  /** What is left, by what Strava said last; empty while it has said nothing. */
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
   * When so many requests for the past will have been made, if there are no others.
   *
   * @param reservePercent how much of each limit is left alone
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

  /** With a limit of 0 nobody would ever ask again, and so never hear of a better one. */
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
