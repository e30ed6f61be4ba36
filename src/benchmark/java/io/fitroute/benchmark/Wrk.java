package io.fitroute.benchmark;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator wrk in its own process: as many events as the connections can carry. */
final class Wrk {

  private static final long IDS_PER_RUN = 1_000_000_000L;
  private static final Pattern RESULT =
      Pattern.compile(
          "result requests=(\\d+) duration=(\\d+) failed=(\\d+) p50=(\\d+) p99=(\\d+) max=(\\d+)");

  private final Workbench bench;
  private final AtomicLong nextId = new AtomicLong(IDS_PER_RUN);

  Wrk(Workbench bench) {
    this.bench = bench;
  }

  /**
   * The result of a run; times are milliseconds.
   *
   * @param events responses of any kind
   * @param perSecond responses per second
   * @param failed responses other than 200, and requests without a response
   */
  record Result(long events, double perSecond, long failed, double p50, double p99, double max) {}

  /** Posts events of an unknown athlete, different from those of any other run. */
  Result post(URI webhook, int connections, Duration time)
      throws IOException, InterruptedException {
    return post(webhook, connections, time, nextId.getAndAdd(IDS_PER_RUN), 134815, 120475);
  }

  /** Posts events of an athlete, with ascending activity ids. */
  Result post(
      URI webhook, int connections, Duration time, long first, long athlete, long subscription)
      throws IOException, InterruptedException {
    try (Child wrk =
        Child.start(
            bench.folder("wrk"),
            Map.of(),
            List.of(
                "wrk",
                "--threads=" + Math.min(2, connections),
                "--connections=" + connections,
                "--duration=" + time.toSeconds() + "s",
                "--script=" + bench.home().resolve("benchmarks/accept.lua"),
                webhook.toString(),
                "--",
                Long.toString(first),
                Long.toString(athlete),
                Long.toString(subscription)))) {
      String output = wrk.awaitEnd(time.plusSeconds(30));
      Matcher found = RESULT.matcher(output);
      if (!found.find()) {
        throw new IOException("wrk said: " + output);
      }
      return new Result(
          number(found, 1),
          number(found, 1) * 1e6 / number(found, 2),
          number(found, 3),
          number(found, 4) / 1e3,
          number(found, 5) / 1e3,
          number(found, 6) / 1e3);
    }
  }

  private static long number(Matcher found, int group) {
    return Long.parseLong(found.group(group));
  }
}
