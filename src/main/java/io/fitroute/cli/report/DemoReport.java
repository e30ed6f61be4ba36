package io.fitroute.cli.report;

import io.fitroute.inbox.EventState;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The result of the demonstration.
 *
 * @param folder the folder of the files
 * @param files the files, sorted by path
 * @param events the results of the events
 */
public record DemoReport(String folder, List<File> files, List<Event> events) implements Report {

  private static final int RUNS = 3;

  /**
   * A file that was delivered.
   *
   * @param path the path below the folder
   * @param source the export it came from
   * @param size in bytes
   * @param millis from the arrival of the event to the delivery of the file
   */
  public record File(String path, String source, long size, long millis) {

    String parent() {
      return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  public record Event(
      String activityId, String name, String sportType, String state, String reason) {}

  /** Succeeds if every event is done or skipped and each run has one file. */
  @Override
  public int exitCode() {
    boolean asExpected =
        files.size() == RUNS
            && events.stream()
                .map(event -> EventState.of(event.state()))
                .allMatch(state -> state == EventState.DONE || state == EventState.SKIPPED);
    return asExpected ? ExitCode.DONE : ExitCode.FAILED;
  }

  @Override
  public void print(PrintWriter out) {
    out.println();
    for (Event event : events) {
      out.printf(
          "%-12s %-10s %-8s %s%n",
          event.activityId(), event.sportType(), event.state(), event.reason());
    }
    out.println();
    out.println(folder);
    Map<String, List<File>> folders =
        files.stream()
            .collect(Collectors.groupingBy(File::parent, TreeMap::new, Collectors.toList()));
    Iterator<Map.Entry<String, List<File>>> all = folders.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, List<File>> next = all.next();
      boolean last = !all.hasNext();
      out.println((last ? "└── " : "├── ") + next.getKey());
      for (File file : next.getValue()) {
        out.printf(
            "%s└── %s   %s, %d bytes, %d ms after the event%n",
            last ? "    " : "│   ", file.name(), file.source(), file.size(), file.millis());
      }
    }
  }
}
