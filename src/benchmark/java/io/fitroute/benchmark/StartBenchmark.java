package io.fitroute.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long it takes from {@code ./fitroute} to the first 200 of {@code /health}, on a built
 * checkout with a ledger that is there: with the archive of classes that the launcher makes, with
 * the one that Java brings for its own classes, and with none.
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

    /** Starts it and ends it; returns how many milliseconds the start took. */
    double start() throws IOException, InterruptedException {
      service.set("FITROUTE_JAVA_OPTS", javaOptions);
      long start = System.nanoTime();
      Child running = service.start();
      double millis = (System.nanoTime() - start) / 1e6;
      running.close();
      return millis;
    }
  }

  /** The last one given counts; what the launcher chose came before. */
  private static String ownArchive() {
    return "-XX:SharedArchiveFile="
        + Path.of(System.getProperty("java.home"), "lib/server/classes.jsa");
  }
}
