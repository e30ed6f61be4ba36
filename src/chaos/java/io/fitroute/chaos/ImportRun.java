package io.fitroute.chaos;

import io.fitroute.FitRoute;
import io.fitroute.archive.BulkExportSample;
import io.fitroute.archive.BulkExportSample.Language;
import io.fitroute.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Imports an archive with processes that have a small heap and are killed at random points. */
final class ImportRun {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int FIRST_ID = 1001;

  private final Path home;
  private final Path folder;
  private final int entries;
  private final Random random;

  /**
   * @param home the repository's folder
   * @param folder an empty folder to work in
   */
  ImportRun(Path home, Path folder, int entries, long seed) throws IOException {
    this.home = home;
    this.folder = folder;
    this.entries = entries;
    this.random = new Random(seed);
    Language language = Language.values()[random.nextInt(Language.values().length)];
    new BulkExportSample(language)
        .runs(entries)
        .row(700_001, "By hand", "")
        .row(700_002, "Error", "#error#")
        .row(700_003, "The same again", "activities/90001.fit.gz")
        .ride(700_004)
        .file("activities/unnamed.fit", BulkExportSample.fit(entries + 100))
        .zip(folder.resolve("export.zip"));
  }

  /**
   * The result.
   *
   * @param kills the number of processes killed before they had finished
   * @param filesPerSecond the throughput of an uninterrupted import
   * @param filesPerSecondOfLoop the throughput of a loop that forces each file, its folder and a
   *     commit to disk
   */
  record Result(
      int kills, double filesPerSecond, double filesPerSecondOfLoop, List<String> violations) {

    @Override
    public String toString() {
      return String.format(
          "import: %d kills, %.0f files a second, %.0f by a loop that forces each: %.0f %%",
          kills, filesPerSecond, filesPerSecondOfLoop, 100 * filesPerSecond / filesPerSecondOfLoop);
    }
  }

  /** Imports the archive once with kills and once without. */
  Result run(int kills) throws IOException, InterruptedException {
    int killed = 0;
    for (int kill = 0; kill < kills; kill++) {
      killed += killedAt((int) ((kill + random.nextDouble()) * entries / (kills + 1))) ? 1 : 0;
    }
    List<String> violations = new ArrayList<>();
    int exit = started("tree").waitFor();
    if (exit != 0) {
      violations.add("the last run ended with " + exit);
    }
    violations.addAll(differences());
    started("again").waitFor();
    return new Result(killed, entries / seconds("again"), entries / loop(), violations);
  }

  private Process started(String tree) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfitroute.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                FitRoute.class.getName(),
                "import",
                "export.zip")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(tree + ".log").toFile()));
    java.environment().put("DATA_DIR", folder.resolve(tree + "-data").toString());
    java.environment().put("DOWNLOAD_BASE_DIR", folder.resolve(tree).toString());
    return java.start();
  }

  /** Runs an import and kills it once the tree has a number of files. */
  private boolean killedAt(int files) throws IOException, InterruptedException {
    Process process = started("tree");
    long end = System.nanoTime() + LONGEST.toNanos();
    while (process.isAlive() && delivered() < files && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    TimeUnit.MILLISECONDS.sleep(random.nextInt(50));
    boolean alive = process.isAlive();
    process.destroyForcibly().waitFor();
    return alive;
  }

  /** The number of finished files; files being written are not counted. */
  private int delivered() throws IOException {
    try {
      return files("tree").size();
    } catch (UncheckedIOException gone) {
      return 0;
    }
  }

  private List<Path> files(String tree) throws IOException {
    if (!Files.exists(folder.resolve(tree))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder.resolve(tree))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /**
   * Lists deviations from the expected result: every file once, with its content, and nothing else.
   */
  private List<String> differences() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> files = files("tree");
    if (files.size() != entries + 1) {
      found.add((entries + 1) + " files were to be there, and " + files.size() + " are");
    }
    for (int number = 1; number <= entries; number++) {
      String name = (FIRST_ID - 1 + number) + ".fit";
      List<Path> same = files.stream().filter(file -> file.endsWith(name)).toList();
      if (same.size() != 1
          || !Arrays.equals(Files.readAllBytes(same.get(0)), BulkExportSample.fit(number))) {
        found.add(name + " is there " + same.size() + " times, or is not what was imported");
      }
    }
    try (Stream<Path> kept = Files.list(folder.resolve("tree-data/exports"))) {
      kept.forEach(file -> found.add("left behind: " + file.getFileName()));
    }
    return found;
  }

  /** Seconds from the first to the last file. */
  private double seconds(String tree) throws IOException {
    List<Long> times = new ArrayList<>();
    for (Path file : files(tree)) {
      times.add(Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS));
    }
    return (Collections.max(times) - Collections.min(times)) / 1e9;
  }

  /** Writes the same files one by one, and returns the seconds that took. */
  private double loop() throws IOException {
    List<byte[]> contents =
        IntStream.rangeClosed(1, entries).mapToObj(BulkExportSample::fit).toList();
    Path target = Files.createDirectory(folder.resolve("loop"));
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("loop.db"), "", "")) {
      long start = System.nanoTime();
      for (int number = 0; number < entries; number++) {
        Path file = target.resolve(number + ".fit");
        Files.write(file, contents.get(number));
        force(file, StandardOpenOption.WRITE);
        force(target, StandardOpenOption.READ);
        String filling = file.toString();
        ledger.write(jdbc -> jdbc.sql("insert into probe values (?)").param(filling).update());
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
