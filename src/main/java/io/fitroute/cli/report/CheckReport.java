package io.fitroute.cli.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.Sport;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The results for the files. */
public record CheckReport(List<Line> files) implements Report {

  /**
   * One file. Values it does not contain are absent.
   *
   * @param problem why it is not valid; empty if it is
   * @param type FIT's file type, such as {@code activity} or {@code course}, or its number
   * @param device the device that created it
   * @param startTime in UTC
   * @param elapsedTime seconds including pauses
   * @param timerTime seconds without pauses
   * @param distance metres
   * @param parts the sessions, if there are several, as of a triathlon
   * @param segments the number of chained FIT files, 1 for nearly all
   * @param trailingBytes the number of bytes after the last checksum, 0 for nearly all
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
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
      List<Part> parts,
      Integer segments,
      Long trailingBytes) {

    public static Line invalid(String file, String problem) {
      return new Line(
          file, false, problem, null, null, null, null, null, null, null, null, null, null, null,
          null, null);
    }

    public static Line valid(String file, FitReport found) {
      return new Line(
          file,
          true,
          "",
          found.fileTypeName().orElse("not said"),
          found.device().orElse(null),
          found.sport().map(Sport::title).orElse(null),
          found.startTime().map(Instant::toString).orElse(null),
          number(found.elapsedTime()),
          number(found.timerTime()),
          number(found.distance()),
          found.records(),
          found.laps(),
          found.sessions(),
          found.parts().size() > 1 ? found.parts().stream().map(Part::of).toList() : null,
          found.segments(),
          found.trailingBytes());
    }
  }

  /** One session of several. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Part(String sport, String startTime, Double elapsedTime, Double distance) {

    public static Part of(FitReport.Part part) {
      return new Part(
          part.sport().map(Sport::title).orElse(null),
          part.startTime().map(Instant::toString).orElse(null),
          number(part.elapsedTime()),
          number(part.distance()));
    }
  }

  private static Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
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
      for (Part part : line.parts() == null ? List.<Part>of() : line.parts()) {
        List<String> words = new ArrayList<>();
        measure(words, part.sport(), part.startTime(), part.elapsedTime(), part.distance());
        out.println("    " + String.join(", ", words));
      }
    }
  }

  private static String describe(Line line) {
    List<String> parts = new ArrayList<>();
    if (!"activity".equals(line.type())) {
      parts.add((line.type().matches("[0-9]+|not said") ? "file type " : "") + line.type());
    }
    String sport = line.parts() == null ? line.sport() : line.sessions() + " sessions";
    measure(parts, sport, line.startTime(), line.elapsedTime(), line.distance());
    parts.add(Printable.count(line.records(), "record"));
    if (line.segments() > 1) {
      parts.add(line.segments() + " chained files");
    }
    if (line.trailingBytes() > 0) {
      parts.add(line.trailingBytes() + " bytes after the last checksum");
    }
    if (line.device() != null) {
      parts.add("by " + Printable.line(line.device()));
    }
    return String.join(", ", parts);
  }

  private static void measure(
      List<String> parts, String sport, String startTime, Double elapsedTime, Double distance) {
    add(parts, sport);
    add(parts, startTime);
    if (elapsedTime != null) {
      long seconds = Math.round(elapsedTime);
      parts.add("%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60));
    }
    if (distance != null) {
      parts.add(String.format(Locale.ROOT, "%.2f km", distance / 1000));
    }
  }

  private static void add(List<String> parts, String part) {
    if (part != null) {
      parts.add(part);
    }
  }
}
