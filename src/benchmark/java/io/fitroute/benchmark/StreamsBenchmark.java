package io.fitroute.benchmark;

import java.time.Duration;
import java.util.List;

/** Measures writing a FIT file from the streams of a long activity, in a heap of 64 MB. */
final class StreamsBenchmark implements Benchmark {

  private static final List<String> SMALL_HEAP = List.of("-XX:+UseSerialGC", "-Xmx64m");
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "streams";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    try (Child measurement =
        Child.startJava(bench.folder("streams"), SMALL_HEAP, StreamsMeasurement.class)) {
      System.out.print(measurement.awaitEnd(LONGEST));
    }
  }
}
