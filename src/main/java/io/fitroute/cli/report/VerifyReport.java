package io.fitroute.cli.report;

import io.fitroute.delivery.Delivery;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The comparison of sinks with the ledger. */
public record VerifyReport(List<Line> files) implements Report {

  private static final Set<String> TROUBLE = Set.of("missing", "different", "shared");

  /**
   * One file.
   *
   * @param state {@code good}, {@code missing}, {@code different}, {@code shared} if the ledger has
   *     several files at the path, or {@code unknown} if the sink cannot be asked
   * @param detail what was compared or what is wrong
   */
  public record Line(String activityId, String sink, String path, String state, String detail) {

    public static Line of(Delivery delivery, String state, String detail) {
      return new Line(delivery.activityId(), delivery.sink(), delivery.path(), state, detail);
    }
  }

  @Override
  public int exitCode() {
    return files.stream().anyMatch(line -> TROUBLE.contains(line.state()))
        ? ExitCode.FAILED
        : ExitCode.DONE;
  }

  @Override
  public void print(PrintWriter out) {
    for (Line line : files) {
      if (TROUBLE.contains(line.state())) {
        out.printf("%s:%s  %s: %s%n", line.sink(), line.path(), line.state(), line.detail());
      }
    }
    unknown().forEach((why, count) -> out.println(count + " cannot be compared, " + why));
    long good = files.stream().filter(line -> line.state().equals("good")).count();
    out.println(good + " of " + files.size() + " files are as they were delivered");
    files.stream()
        .filter(line -> TROUBLE.contains(line.state()))
        .map(Line::sink)
        .distinct()
        .forEach(sink -> out.println("To restore missing files: ./fitroute resend --sink " + sink));
  }

  /** The number of files that could not be checked, by sink and reason. */
  private Map<String, Long> unknown() {
    return files.stream()
        .filter(line -> line.state().equals("unknown"))
        .collect(
            Collectors.groupingBy(
                line -> line.sink() + ": " + line.detail(), TreeMap::new, Collectors.counting()));
  }
}
