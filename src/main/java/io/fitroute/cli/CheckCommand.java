package io.fitroute.cli;

import io.fitroute.cli.report.CheckReport;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.InvalidFitFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
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

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final Pattern FIT_NAME = Pattern.compile("(?i)[.]fit([.]gz)?$");

  private final FitCheck check = new FitCheck();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A FIT file, also compressed with gzip, or a zip with FIT files.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    return report(new CheckReport(files.stream().flatMap(this::lines).toList()));
  }

  private Stream<CheckReport.Line> lines(Path file) {
    Path path = environment().workingDirectory().resolve(file);
    if (Files.isDirectory(path)) {
      return Stream.of(CheckReport.Line.invalid(file.toString(), "it is a folder"));
    }
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(path))) {
      return isZip(bytes)
          ? inside(file.toString(), bytes).stream()
          : Stream.of(line(file.toString(), bytes));
    } catch (NoSuchFileException e) {
      return Stream.of(CheckReport.Line.invalid(file.toString(), "there is no such file"));
    } catch (AccessDeniedException e) {
      return Stream.of(CheckReport.Line.invalid(file.toString(), "no permission to read it"));
    } catch (IOException e) {
      return Stream.of(CheckReport.Line.invalid(file.toString(), unreadable(e)));
    }
  }

  private static boolean isZip(InputStream bytes) throws IOException {
    bytes.mark(ZIP.length);
    byte[] start = bytes.readNBytes(ZIP.length);
    bytes.reset();
    return Arrays.equals(start, ZIP);
  }

  /** The FIT files in a zip, by name; such an archive also contains many other files. */
  private List<CheckReport.Line> inside(String file, InputStream bytes) throws IOException {
    List<CheckReport.Line> lines = new ArrayList<>();
    ZipInputStream zip = new ZipInputStream(bytes);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (FIT_NAME.matcher(entry.getName()).find()) {
        lines.add(line(file + "/" + entry.getName(), zip));
      }
    }
    if (lines.isEmpty()) {
      lines.add(CheckReport.Line.invalid(file, "the zip contains no FIT file"));
    }
    return lines;
  }

  private CheckReport.Line line(String name, InputStream bytes) {
    try {
      return CheckReport.Line.valid(name, check.checkUnpacked(bytes));
    } catch (InvalidFitFile e) {
      return CheckReport.Line.invalid(name, e.getMessage());
    } catch (IOException e) {
      return CheckReport.Line.invalid(name, unreadable(e));
    }
  }

  private static String unreadable(IOException failure) {
    return "it cannot be read: " + failure.getMessage();
  }
}
