package io.fitroute.cli.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fitroute.conversion.Converted;
import java.io.PrintWriter;
import java.util.List;

/** The results of a conversion to FIT. */
public record ConvertReport(List<Line> files) implements Report {

  private static final String FAILED = "failed";

  /**
   * The result for one file. Fields about the FIT file are null, and left out of the JSON, if there
   * is none.
   *
   * @param result {@code converted}, {@code already there}, {@code already FIT} or {@code failed}
   * @param output the path of the FIT file
   * @param points the number of points in it
   * @param laps the number of laps in it
   * @param notes data of the document that the FIT file lacks
   * @param problem why the conversion failed; otherwise empty
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
      String file,
      String result,
      String output,
      Integer points,
      Integer laps,
      List<String> notes,
      String problem) {

    /**
     * The result for a document whose FIT file exists now.
     *
     * @param wasThere whether the same FIT file existed before
     */
    public static Line written(String file, String output, boolean wasThere, Converted converted) {
      return new Line(
          file,
          wasThere ? "already there" : "converted",
          output,
          converted.points(),
          converted.laps(),
          converted.notes(),
          "");
    }

    public static Line alreadyFit(String file) {
      return new Line(file, "already FIT", null, null, null, List.of(), "");
    }

    public static Line failed(String file, String problem) {
      return new Line(file, FAILED, null, null, null, List.of(), problem);
    }

    private String text() {
      if (result.equals(FAILED)) {
        return "not converted: " + Printable.line(problem);
      }
      return output == null
          ? result
          : "%s: %s, %s, %s"
              .formatted(
                  result,
                  Printable.line(output),
                  Printable.count(points, "point"),
                  Printable.count(laps, "lap"));
    }
  }

  @Override
  public int exitCode() {
    return files.stream().anyMatch(line -> line.result().equals(FAILED))
        ? ExitCode.FAILED
        : ExitCode.DONE;
  }

  @Override
  public void print(PrintWriter out) {
    for (Line line : files) {
      out.println(Printable.line(line.file()) + "  " + line.text());
      line.notes().forEach(note -> out.println("    " + note));
    }
  }
}
