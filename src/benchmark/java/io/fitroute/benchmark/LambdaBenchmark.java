package io.fitroute.benchmark;

import io.fitroute.lambda.FunctionProcess;
import io.fitroute.lambda.RuntimeApi;
import io.fitroute.simulator.FakeHevy;
import io.fitroute.simulator.FakeIntervals;
import io.fitroute.simulator.SimulatedWorkout;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures a cold start of the function for AWS Lambda on this machine, from the start of Java to
 * the response that a workout is at Intervals.icu: without an archive of classes, with one, and
 * with a cache of Java 25. A snapshot by AWS skips most of it.
 */
final class LambdaBenchmark implements Benchmark {

  private static final int ROUNDS = 7;
  private static final String TOKEN = "benchmark";

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    Path folder = bench.folder("lambda");
    Map<String, String> ways = new LinkedHashMap<>();
    ways.put("plain", "-Xshare:auto");
    Path archive = folder.resolve("classes.jsa");
    start(bench, folder, "-XX:ArchiveClassesAtExit=" + archive);
    ways.put("with an archive of classes", "-XX:SharedArchiveFile=" + archive);
    if (Runtime.version().feature() >= 25) {
      Path cache = folder.resolve("cache.aot");
      start(bench, folder, "-XX:AOTCacheOutput=" + cache);
      ways.put("with an AOT cache", "-XX:AOTCache=" + cache);
    }
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, String> way : ways.entrySet()) {
        millis
            .computeIfAbsent(way.getKey(), name -> new ArrayList<>())
            .add(start(bench, folder, way.getValue()));
      }
    }
    Comparison comparison = new Comparison("median ms", "min ms", "max ms");
    millis.forEach(
        (name, own) -> {
          Samples samples = Samples.of(own);
          comparison.row(name, samples.median(), samples.quantile(0), samples.max());
        });
    comparison.print("Cold start of the function to its first answer (%d each)".formatted(ROUNDS));
  }

  private static double start(Workbench bench, Path folder, String option) throws Exception {
    SimulatedWorkout push = SimulatedWorkout.push(Instant.parse("2026-11-20T17:05:00Z"));
    String event =
        "{\"headers\":{\"Authorization\":\"%s\"},\"body\":\"{\\\"workoutId\\\":\\\"%s\\\"}\"}"
            .formatted(TOKEN, push.id());
    try (FakeHevy hevy = FakeHevy.start();
        FakeIntervals intervals = FakeIntervals.start();
        RuntimeApi api = new RuntimeApi()) {
      hevy.logSilently(push);
      long start = System.nanoTime();
      try (FunctionProcess function =
          FunctionProcess.start(
              bench.home().resolve("target/fitroute.jar"),
              folder,
              api,
              hevy,
              intervals,
              Map.of("HEVY_WEBHOOK_TOKEN", TOKEN),
              option)) {
        String answer = api.invoke(event).join();
        double millis = (System.nanoTime() - start) / 1e6;
        if (!answer.contains("created as")) {
          throw new IllegalStateException(answer);
        }
        function.end();
        return millis;
      }
    }
  }
}
