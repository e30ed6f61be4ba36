package io.fitroute.simulator;

import java.time.Clock;
import java.util.Map;

/**
 * The application's request quota in two families, overall and read, each per quarter hour and per
 * day. Windows begin at :00, :15, :30 and :45 and at midnight UTC. Requests above the limit still
 * count. Thread-safe.
 */
final class RateLimits {

  private static final long QUARTER_HOUR_SECONDS = 900;
  private static final long DAY_SECONDS = 86_400;

  private final Clock clock;
  private final RateLimit overall;
  private final RateLimit read;
  private final Window quarter = new Window(QUARTER_HOUR_SECONDS);
  private final Window day = new Window(DAY_SECONDS);

  RateLimits(Clock clock, RateLimit overall, RateLimit read) {
    this.clock = clock;
    this.overall = overall;
    this.read = read;
  }

  /**
   * The state after a request.
   *
   * @param headers the four rate-limit headers
   * @param exceeded whether the request was above a limit
   */
  record Usage(Map<String, String> headers, boolean exceeded) {}

  private static final class Window {
    private final long seconds;
    private long number = -1;
    private int used;

    private Window(long seconds) {
      this.seconds = seconds;
    }

    private int use(long now, int requests) {
      long current = Math.floorDiv(now, seconds);
      if (current != number) {
        number = current;
        used = 0;
      }
      used += requests;
      return used;
    }
  }

  /** Counts requests; all requests to the fake are reads and count in both families. */
  synchronized Usage count(int requests) {
    long now = clock.instant().getEpochSecond();
    int inQuarter = quarter.use(now, requests);
    int inDay = day.use(now, requests);
    String usage = inQuarter + "," + inDay;
    boolean exceeded = overall.exceededBy(inQuarter, inDay) || read.exceededBy(inQuarter, inDay);
    return new Usage(
        Map.of(
            "X-RateLimit-Limit",
            overall.header(),
            "X-RateLimit-Usage",
            usage,
            "X-ReadRateLimit-Limit",
            read.header(),
            "X-ReadRateLimit-Usage",
            usage),
        exceeded);
  }

  /** Resets all usage. */
  synchronized void reset() {
    quarter.number = -1;
    day.number = -1;
  }
}
