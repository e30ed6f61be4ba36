package io.fitroute.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The measured checkout and a temporary folder. */
final class Workbench implements AutoCloseable {

  private final List<Version> versions = new ArrayList<>();
  private final Path scratch;

  private Workbench(Path home, Optional<Path> before, Path scratch) {
    versions.add(new Version("now", home));
    before.ifPresent(other -> versions.add(new Version("before", other)));
    this.scratch = scratch;
  }

  /**
   * A version of the program.
   *
   * @param home its built checkout
   */
  record Version(String name, Path home) {

    /** Its launcher. */
    Path launcher() {
      return home.resolve("fitroute");
    }
  }

  /**
   * Uses a checkout. Data is stored in its {@code target}, on a disk like data usually is, because
   * a temporary folder may be in memory.
   */
  static Workbench in(Path home, Optional<Path> before) throws IOException {
    Path benchmarks = Files.createDirectories(home.resolve("target/benchmarks"));
    return new Workbench(home, before, Files.createTempDirectory(benchmarks, "run-"));
  }

  Path home() {
    return versions.get(0).home();
  }

  /** The versions to measure in turns: this one, and the previous one if given. */
  List<Version> versions() {
    return List.copyOf(versions);
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
