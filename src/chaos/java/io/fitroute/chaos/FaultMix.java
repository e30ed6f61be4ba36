package io.fitroute.chaos;

import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The faults to arm. Each strikes the next few requests rather than random ones, so a plan
 * determines everything.
 */
final class FaultMix {

  static final String DETAILS = "/api/v3/activities/*";
  static final String EXPORT = "/activities/*/export_original";
  static final String TOKEN = "/oauth/token";

  private static final Fault RATE_LIMITED = Fault.rateLimited();
  private static final Fault INACTIVE = Fault.inactive();

  /** Faults of any request. */
  private static final List<Fault> COMMON =
      List.of(
          Fault.status(500),
          Fault.status(502, "<html>Bad Gateway</html>"),
          Fault.status(503, "{\"message\":\"Service Unavailable\"}"),
          new Fault.Drop(),
          Fault.htmlPage(),
          new Fault.Delay(Duration.ofMillis(300)));

  /** A 403 that does not mention the requested resource and is therefore temporary. */
  private static final List<Fault> FORBIDDEN =
      List.of(page(403), Fault.status(403, "{\"message\":\"Forbidden\",\"errors\":[]}"));

  /** Rate-limit headers as a proxy might change them. */
  private static final List<Map<String, String>> ODD_LIMITS =
      List.of(
          Map.of("X-RateLimit-Limit", "0,0", "X-ReadRateLimit-Limit", "0,0"),
          Map.of("X-RateLimit-Limit", "-1,x", "X-ReadRateLimit-Limit", ","),
          Map.of("X-RateLimit-Usage", "", "X-ReadRateLimit-Usage", ""));

  private final Random random;

  FaultMix(Random random) {
    this.random = random;
  }

  /** The next fault. */
  FaultRule next() {
    int dice = random.nextInt(100);
    if (dice < 15) {
      // A new refresh token lost in a cut response would be lost at Strava as well.
      return few(TOKEN, oneOf(COMMON), 3);
    }
    if (dice < 60) {
      return few(DETAILS, detailsFault(), 6);
    }
    return few(EXPORT, exportFault(), 6);
  }

  /** The unusual responses in turn, so that a few runs cover all. */
  FaultRule odd(long turn) {
    List<Fault> odd =
        List.of(
            FORBIDDEN.get(0),
            new Fault.Headers(ODD_LIMITS.get(0)),
            new Fault.Drip(400, Duration.ofMillis(100)),
            FORBIDDEN.get(1));
    return FaultRule.on(DETAILS, odd.get((int) Math.floorMod(turn, (long) odd.size())))
        .onlyTimes(3);
  }

  private Fault detailsFault() {
    int dice = random.nextInt(100);
    if (dice < 8) {
      return RATE_LIMITED;
    }
    if (dice < 14) {
      return INACTIVE;
    }
    if (dice < 24) {
      return new Fault.Headers(ODD_LIMITS.get(random.nextInt(ODD_LIMITS.size())));
    }
    if (dice < 36) {
      return oneOf(FORBIDDEN);
    }
    return dice < 56 ? cutOrSlow() : oneOf(COMMON);
  }

  private static Fault page(int status) {
    byte[] page = "<html><body>Access denied</body></html>".getBytes(StandardCharsets.UTF_8);
    return new Fault.Answer(status, "text/html; charset=utf-8", Map.of(), page);
  }

  private Fault exportFault() {
    int dice = random.nextInt(100);
    if (dice < 10) {
      return Fault.loginRedirect();
    }
    if (dice < 20) {
      return oneOf(FORBIDDEN);
    }
    return dice < 56 ? cutOrSlow() : oneOf(COMMON);
  }

  private Fault cutOrSlow() {
    return switch (random.nextInt(5)) {
      case 0 -> new Fault.Delay(World.LONGEST_DELAY);
      case 1 -> new Fault.Drip(300 + random.nextInt(300), Duration.ofMillis(100));
      default -> new Fault.CutBody(random.nextInt(300));
    };
  }

  /** Whether this rule makes requests fail with 429. */
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
