package io.fitroute.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.Sport;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What was found in files. */
record CheckReport(List<Line> files) implements Report {

  /**
   * One file. What it does not say of itself is not there.
   *
   * @param problem why it is not valid; empty if it is
   * @param type {@code activity}, or the number of another file type of FIT
   * @param device what made it
   * @param startTime in UTC
   * @param elapsedTime seconds, pauses included
   * @param timerTime seconds without pauses
   * @param distance metres
   * @param segments FIT files chained together in it, 1 for nearly all
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(
      String file,
      boolean valid,
      String problem,
      String type,
      String device,
      String sport,
      String startTime,
      Double elapsedTime,
      Double timerTime,
      Double distance,
      Long records,
      Long laps,
      Long sessions,
      Integer segments) {

    static Line invalid(String file, String problem) {
      return new Line(
          file, false, problem, null, null, null, null, null, null, null, null, null, null, null);
    }

    static Line valid(String file, FitReport found) {
      return new Line(
          file,
          true,
          "",
          type(found),
          found.device().orElse(null),
          found.sport().map(Sport::title).orElse(null),
          found.startTime().map(Instant::toString).orElse(null),
          number(found.elapsedTime()),
          number(found.timerTime()),
          number(found.distance()),
          found.records(),
          found.laps(),
          found.sessions(),
          found.segments());
    }

    private static String type(FitReport found) {
      if (found.isActivity()) {
        return "activity";
      }
      return found.fileType().isPresent()
          ? Integer.toString(found.fileType().getAsInt())
          : "not said";
    }

    private static Double number(OptionalDouble value) {
      return value.isPresent() ? value.getAsDouble() : null;
    }
  }

  @Override
  public int exitCode() {
    return files.stream().allMatch(Line::valid) ? ExitCode.DONE : ExitCode.FAILED;
  }

  @Override
  public void print(PrintWriter out) {
    for (Line line : files) {
      out.println(
          Printable.line(line.file())
              + (line.valid()
                  ? "  valid FIT: " + describe(line)
                  : "  not valid: " + line.problem()));
    }
  }

  private static String describe(Line line) {
    List<String> parts = new ArrayList<>();
    if (!"activity".equals(line.type())) {
      parts.add("file type " + line.type());
    }
    add(parts, line.sport());
    add(parts, line.startTime());
    if (line.elapsedTime() != null) {
      long seconds = Math.round(line.elapsedTime());
      parts.add("%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60));
    }
    if (line.distance() != null) {
      parts.add(String.format(Locale.ROOT, "%.2f km", line.distance() / 1000));
    }
    parts.add(line.records() + " records");
    if (line.segments() > 1) {
      parts.add(line.segments() + " chained files");
    }
    if (line.device() != null) {
      parts.add("by " + Printable.line(line.device()));
    }
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, String part) {
    if (part != null) {
      parts.add(part);
    }
  }
}
