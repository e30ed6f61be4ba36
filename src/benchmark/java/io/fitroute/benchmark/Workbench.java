package io.fitroute.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The checkout that is measured, and a folder that is gone in the end. */
final class Workbench implements AutoCloseable {

  private final Path home;
  private final Path scratch;

  private Workbench(Path home, Path scratch) {
    this.home = home;
    this.scratch = scratch;
  }

  /**
   * Works on a checkout. The data lies below its {@code target}, so on the same disk as data
   * usually does; a folder for temporary files may well be memory.
   */
  static Workbench in(Path home) throws IOException {
    Path benchmarks = Files.createDirectories(home.resolve("target/benchmarks"));
    return new Workbench(home, Files.createTempDirectory(benchmarks, "run-"));
  }

  Path home() {
    return home;
  }

  /** A new, empty folder. */
  Path folder(String name) {
    try {
      return Files.createTempDirectory(scratch, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(scratch)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
