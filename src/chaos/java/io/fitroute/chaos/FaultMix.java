package io.fitroute.chaos;

import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * The faults that are armed. Each strikes the next few requests, rather than now and then, so that
 * a plan says all of it.
 */
final class FaultMix {

  static final String DETAILS = "/api/v3/activities/*";
  static final String EXPORT = "/activities/*/export_original";
  static final String TOKEN = "/oauth/token";

  private static final Fault RATE_LIMITED = Fault.rateLimited();
  private static final Fault INACTIVE = Fault.inactive();

  /** What can happen to any request. */
  private static final List<Fault> COMMON =
      List.of(
          Fault.status(500),
          Fault.status(502, "<html>Bad Gateway</html>"),
          Fault.status(503, "{\"message\":\"Service Unavailable\"}"),
          new Fault.Drop(),
          Fault.htmlPage(),
          new Fault.Delay(Duration.ofMillis(300)));

  private final Random random;

  FaultMix(Random random) {
    this.random = random;
  }

  /** The next fault. */
  FaultRule next() {
    int dice = random.nextInt(100);
    if (dice < 15) {
      // Cut or lost on its way back, a new refresh token would be gone for good at Strava, too.
      return few(TOKEN, oneOf(COMMON), 3);
    }
    if (dice < 60) {
      return few(DETAILS, detailsFault(), 6);
    }
    return few(EXPORT, exportFault(), 6);
  }

  private Fault detailsFault() {
    int dice = random.nextInt(100);
    if (dice < 8) {
      return RATE_LIMITED;
    }
    if (dice < 14) {
      return INACTIVE;
    }
    return dice < 40 ? cutOrSlow() : oneOf(COMMON);
  }

  private Fault exportFault() {
    int dice = random.nextInt(100);
    if (dice < 10) {
      return Fault.loginRedirect();
    }
    return dice < 50 ? cutOrSlow() : oneOf(COMMON);
  }

  private Fault cutOrSlow() {
    return random.nextInt(4) == 0
        ? new Fault.Delay(World.LONGEST_DELAY)
        : new Fault.CutBody(random.nextInt(300));
  }

  /** Whether requests are refused with 429 because of this. */
  static boolean isRateLimit(FaultRule rule) {
    return rule.fault() == RATE_LIMITED;
  }

  private FaultRule few(String path, Fault fault, int most) {
    boolean stopsEverything = fault == RATE_LIMITED || fault == INACTIVE;
    return FaultRule.on(path, fault).onlyTimes(stopsEverything ? 1 : 1 + random.nextInt(most));
  }

  private Fault oneOf(List<Fault> faults) {
    return faults.get(random.nextInt(faults.size()));
  }
}
