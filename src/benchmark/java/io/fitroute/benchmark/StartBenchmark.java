package io.fitroute.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the time from {@code ./fitroute} to the first 200 of {@code /health}, on a built
 * checkout with an existing ledger: with the launcher's archive of classes, with Java's own, and
 * with none.
 */
final class StartBenchmark implements Benchmark {

  private static final int ROUNDS = 10;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    Map<String, Way> ways = new LinkedHashMap<>();
    for (Workbench.Version version : bench.versions()) {
      ways.put(version.name(), new Way(new ServiceUnderTest(bench, version), ""));
    }
    ways.put("with Java's own archive only", new Way(new ServiceUnderTest(bench), ownArchive()));
    ways.put("without class-data sharing", new Way(new ServiceUnderTest(bench), "-Xshare:off"));
    for (Way way : ways.values()) {
      way.start();
    }
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        millis.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(way.getValue().start());
      }
    }
    Comparison comparison = new Comparison("median ms", "min ms", "max ms");
    millis.forEach(
        (name, own) -> {
          Samples samples = Samples.of(own);
          comparison.row(name, samples.median(), samples.quantile(0), samples.max());
        });
    comparison.print("Start-up to the first 200 of /health (%d starts each)".formatted(ROUNDS));
  }

  /** A way of starting a service. */
  private record Way(ServiceUnderTest service, String javaOptions) {

    /** Starts and stops it; returns the milliseconds of the start. */
    double start() throws IOException, InterruptedException {
      service.set("FITROUTE_JAVA_OPTS", javaOptions);
      long start = System.nanoTime();
      Child running = service.start();
      double millis = (System.nanoTime() - start) / 1e6;
      running.close();
      return millis;
    }
  }

  /** The last option given takes effect, so this overrides the launcher's. */
  private static String ownArchive() {
    return "-XX:SharedArchiveFile="
        + Path.of(System.getProperty("java.home"), "lib/server/classes.jsa");
  }
}
