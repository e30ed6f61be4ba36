package io.fitroute.cli;

import io.fitroute.cli.report.CheckReport;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.InvalidFitFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fitroute check}: checks that files are valid FIT, as every delivered file is checked. */
@Command(
    name = "check",
    description =
        "Check that files are valid FIT from the first byte to the last, and show what"
            + " they contain.",
    footer = {"  ./fitroute check run.fit", "  ./fitroute check downloads/2026/11/*.fit --json"})
final class CheckCommand extends Reporting {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A FIT file, also compressed with gzip, or a zip with FIT files.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    Checked checked = new Checked(environment().workingDirectory());
    return report(
        new CheckReport(files.stream().flatMap(file -> checked.in(file).stream()).toList()));
  }

  private static final class Checked extends NamedFiles<CheckReport.Line> {
    private final FitCheck check = new FitCheck();

    Checked(Path workingDirectory) {
      super(workingDirectory, "FIT file", Pattern.compile("(?i)[.]fit([.]gz)?$"));
    }

    @Override
    CheckReport.Line read(String name, InputStream bytes) throws IOException {
      try {
        return CheckReport.Line.valid(name, check.checkUnpacked(bytes));
      } catch (InvalidFitFile e) {
        return CheckReport.Line.invalid(name, e.getMessage());
      }
    }

    @Override
    CheckReport.Line unreadable(String name, String problem) {
      return CheckReport.Line.invalid(name, problem);
    }
  }
}
