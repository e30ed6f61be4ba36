package io.fitroute.cli;

import io.fitroute.fit.FitCheck;
import io.fitroute.fit.InvalidFitFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code fitroute check}: whether files are FIT, and whole; the same check that every file passes.
 */
@Command(
    name = "check",
    description =
        "Say whether files are valid FIT from the first byte to the last, and what they hold.",
    footer = {"  ./fitroute check run.fit", "  ./fitroute check downloads/2026/11/*.fit --json"})
final class Check extends Reporting {

  private final FitCheck check = new FitCheck();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file to look at.")
  private List<String> files = List.of();

  @Override
  public Integer call() {
    return report(new CheckReport(files.stream().map(this::line).toList()));
  }

  private CheckReport.Line line(String file) {
    try {
      Path path = surroundings().workingDirectory().resolve(file);
      if (Files.isDirectory(path)) {
        return CheckReport.Line.invalid(file, "it is a folder");
      }
      return CheckReport.Line.valid(file, check.check(path));
    } catch (InvalidFitFile e) {
      return CheckReport.Line.invalid(file, e.getMessage());
    } catch (NoSuchFileException e) {
      return CheckReport.Line.invalid(file, "there is no such file");
    } catch (AccessDeniedException e) {
      return CheckReport.Line.invalid(file, "it may not be read");
    } catch (IOException | InvalidPathException e) {
      return CheckReport.Line.invalid(file, "it cannot be read: " + e.getMessage());
    }
  }
}
