package io.fitroute.cli.report;

import io.fitroute.archive.Import;
import io.fitroute.archive.Import.Entry;
import io.fitroute.archive.Import.State;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results of one or more imports. */
public record ImportReport(boolean dryRun, List<Summary> imports) implements Report {

  private static final int MOST_LINES = 200;
  private static final Set<State> NAMED = EnumSet.of(State.BROKEN, State.WAITING);
  private static final Set<State> WITHOUT_REASON =
      EnumSet.of(State.IMPORTED, State.UPGRADED, State.CONVERTED);

  /**
   * The result for one path.
   *
   * @param id the ID of the import; 0 in a dry run
   * @param remark a note about the source; empty if there is none
   * @param skipped the number of unwanted files by reason
   * @param files all files that were not imported
   */
  public record Summary(
      long id,
      String path,
      String remark,
      long imported,
      long upgraded,
      long converted,
      long known,
      Map<String, Long> skipped,
      long broken,
      long waiting,
      List<Line> files) {

    /** A file that was not imported, with the reason. */
    public record Line(String name, String state, String activityId, String reason) {}

    /** Counts the entries by state. */
    public static Summary of(Import run, List<Entry> entries, String remark) {
      Map<State, Long> count =
          entries.stream().collect(Collectors.groupingBy(Entry::state, Collectors.counting()));
      Function<State, Long> number = state -> count.getOrDefault(state, 0L);
      return new Summary(
          run.id(),
          run.what(),
          remark,
          number.apply(State.IMPORTED),
          number.apply(State.UPGRADED),
          number.apply(State.CONVERTED),
          number.apply(State.KNOWN),
          entries.stream()
              .filter(one -> one.state() == State.SKIPPED)
              .collect(Collectors.groupingBy(Entry::reason, Collectors.counting())),
          number.apply(State.BROKEN),
          number.apply(State.WAITING),
          entries.stream()
              .filter(one -> !WITHOUT_REASON.contains(one.state()))
              .map(
                  one ->
                      new Line(
                          one.name(),
                          one.state().word(),
                          one.activityId().orElse(""),
                          one.reason()))
              .toList());
    }
  }

  @Override
  public int exitCode() {
    return imports.stream().allMatch(one -> one.broken() + one.waiting() == 0)
        ? ExitCode.DONE
        : ExitCode.FAILED;
  }

  @Override
  public void print(PrintWriter out) {
    imports.forEach(one -> print(out, one));
  }

  private void print(PrintWriter out, Summary one) {
    out.printf(
        "%s%s: %d imported, %d upgraded, %d converted, %d known already, %d skipped, %d broken%s%n",
        dryRun ? "dry run, " : "import " + one.id() + ", ",
        Printable.line(one.path()),
        one.imported(),
        one.upgraded(),
        one.converted(),
        one.known(),
        one.skipped().values().stream().mapToLong(Long::longValue).sum(),
        one.broken(),
        one.waiting() == 0 ? "" : ", " + one.waiting() + " waiting");
    if (!one.remark().isEmpty()) {
      out.println("note: " + Printable.line(one.remark()));
    }
    List<String> lines = new ArrayList<>();
    one.skipped().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            skipped ->
                lines.add(
                    "skipped " + skipped.getValue() + ": " + Printable.line(skipped.getKey())));
    Set<String> named = NAMED.stream().map(State::word).collect(Collectors.toSet());
    one.files().stream()
        .filter(file -> named.contains(file.state()))
        .forEach(
            file ->
                lines.add(
                    file.state()
                        + " "
                        + Printable.line(file.name())
                        + ": "
                        + Printable.line(file.reason())));
    lines.stream().limit(MOST_LINES).forEach(out::println);
    if (lines.size() > MOST_LINES) {
      out.println("and " + (lines.size() - MOST_LINES) + " more; --json lists all");
    }
    if (!dryRun && one.broken() > 0) {
      out.println("to try the broken ones again: ./fitroute import --retry " + one.id());
    }
    if (one.imported() + one.converted() > 0) {
      out.println(
          "what was cropped or hidden at Strava is complete in these files"
              + (dryRun ? "" : "; to undo this: ./fitroute import --undo " + one.id()));
    }
  }
}
