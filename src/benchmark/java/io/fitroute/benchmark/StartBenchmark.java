package io.fitroute.benchmark;

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
  private static final int WITHOUT_AOT_CACHE = 25;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    ServiceUnderTest service = new ServiceUnderTest(bench);
    service.start().close();
    Map<String, String> ways = ways();
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    ways.keySet().forEach(way -> millis.put(way, new ArrayList<>()));
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, String> way : ways.entrySet()) {
        service.set("FITROUTE_JAVA_OPTS", way.getValue());
        long start = System.nanoTime();
        Child running = service.start();
        millis.get(way.getKey()).add((System.nanoTime() - start) / 1e6);
        running.close();
      }
    }
    print(millis);
  }

  private static Map<String, String> ways() {
    Map<String, String> ways = new LinkedHashMap<>();
    ways.put("./fitroute", "");
    ways.put("with Java's own archive only", ownArchiveOnly());
    ways.put("without class-data sharing", "-Xshare:off");
    return ways;
  }

  /** The last one given counts; what the launcher chose came before. */
  private static String ownArchiveOnly() {
    return Runtime.version().feature() >= WITHOUT_AOT_CACHE
        ? "-XX:AOTMode=off -Xshare:auto"
        : "-XX:SharedArchiveFile="
            + Path.of(System.getProperty("java.home"), "lib/server/classes.jsa");
  }

  private static void print(Map<String, List<Double>> millis) {
    Table table = new Table("", "median ms", "min ms", "max ms", "./fitroute takes so much of it");
    List<Double> launcher = millis.values().iterator().next();
    millis.forEach(
        (way, own) -> {
          Samples samples = Samples.of(own);
          table.row(
              way,
              "%.0f".formatted(samples.median()),
              "%.0f".formatted(samples.quantile(0)),
              "%.0f".formatted(samples.max()),
              "%.0f %%".formatted(100 * Samples.of(launcher).median() / samples.median()));
        });
    table.print("Start-up to the first 200 of /health (%d starts each)".formatted(ROUNDS));
  }
}
