package io.fitroute.simulator;

import java.time.Clock;
import java.util.List;
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
  private final Window quarterOfReads = new Window(QUARTER_HOUR_SECONDS);
  private final Window dayOfReads = new Window(DAY_SECONDS);

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

  /** Counts reads, which count in both families. */
  synchronized Usage count(int requests) {
    long now = clock.instant().getEpochSecond();
    int inQuarter = quarterOfReads.use(now, requests);
    int inDay = dayOfReads.use(now, requests);
    return usage(now, requests, read.exceededBy(inQuarter, inDay), inQuarter + "," + inDay);
  }

  /** Counts an upload, whose answer tells nothing of the reads. */
  synchronized Usage countUpload() {
    return usage(clock.instant().getEpochSecond(), 1, false, ",");
  }

  private Usage usage(long now, int requests, boolean readsExceeded, String reads) {
    int inQuarter = quarter.use(now, requests);
    int inDay = day.use(now, requests);
    return new Usage(
        Map.of(
            "X-RateLimit-Limit",
            overall.header(),
            "X-RateLimit-Usage",
            inQuarter + "," + inDay,
            "X-ReadRateLimit-Limit",
            read.header(),
            "X-ReadRateLimit-Usage",
            reads),
        readsExceeded || overall.exceededBy(inQuarter, inDay));
  }

  /** Resets all usage. */
  synchronized void reset() {
    List.of(quarter, day, quarterOfReads, dayOfReads).forEach(window -> window.number = -1);
  }
}
