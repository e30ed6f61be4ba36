package io.fitroute.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs all benchmarks or the named ones. */
public final class Benchmarks {

  private static final List<Benchmark> ALL =
      List.of(
          new AcceptBenchmark(),
          new SteadyBenchmark(),
          new FileBenchmark(),
          new StreamsBenchmark(),
          new ClaimBenchmark(),
          new InboxBenchmark(),
          new InstancesBenchmark(),
          new StartBenchmark(),
          new LambdaBenchmark(),
          new MemoryBenchmark());

  private Benchmarks() {}

  /**
   * Exits with 1 if a measurement failed and with 2 for an unknown name.
   *
   * @param arguments {@code --before DIR}, another version's checkout to compare with, and names of
   *     benchmarks
   */
  public static void main(String[] arguments) {
    List<String> names = new ArrayList<>(List.of(arguments));
    Optional<Path> before = Optional.empty();
    if (names.size() > 1 && names.get(0).equals("--before")) {
      before = Optional.of(Path.of(names.get(1)).toAbsolutePath());
      names.subList(0, 2).clear();
    }
    Set<String> known = ALL.stream().map(Benchmark::name).collect(Collectors.toSet());
    for (String name : names) {
      if (!known.contains(name)) {
        System.err.println(
            "benchmarks: there is no " + name + "; there are " + String.join(", ", known));
        System.exit(2);
      }
    }
    System.exit(run(names, before) ? 0 : 1);
  }

  private static boolean run(List<String> names, Optional<Path> before) {
    boolean good = true;
    try (Workbench bench = Workbench.in(Path.of("").toAbsolutePath(), before)) {
      System.out.println(Machine.description());
      for (Benchmark benchmark : ALL) {
        if (names.isEmpty() || names.contains(benchmark.name())) {
          good &= run(benchmark, bench);
        }
      }
    } catch (Exception e) {
      e.printStackTrace();
      return false;
    }
    return good;
  }

  private static boolean run(Benchmark benchmark, Workbench bench) {
    try {
      System.err.println("benchmarks: " + benchmark.name());
      benchmark.run(bench);
      return true;
    } catch (Exception e) {
      System.err.println("benchmarks: " + benchmark.name() + " could not be measured");
      e.printStackTrace();
      return false;
    }
  }
}
