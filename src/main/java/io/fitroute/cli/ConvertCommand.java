package io.fitroute.cli;

import io.fitroute.cli.report.ConvertReport;
import io.fitroute.conversion.CannotConvert;
import io.fitroute.conversion.Conversion;
import io.fitroute.conversion.Converted;
import io.fitroute.fit.FileReceiver;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.Sha256;
import io.fitroute.fit.UnacceptableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute convert}: converts GPX and TCX to FIT, without the service or its settings. */
@Command(
    name = "convert",
    description = {
      "Convert GPX and TCX files to FIT, and write each as NAME.fit into a folder. No existing"
          + " file is overwritten, and FIT files are skipped.",
      "Needs no configuration. Exit code 1: something was not converted."
    },
    footer = {
      "  ./fitroute convert run.gpx --out converted",
      "  ./fitroute convert activities/*.tcx.gz --out converted --json"
    })
final class ConvertCommand extends Reporting {

  private static final long LARGEST = 512L << 20;
  private static final Pattern ENDING = Pattern.compile("(?i)([.](gpx|tcx|xml))?([.]gz)?$");

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A GPX or TCX file, also compressed with gzip, or a zip with such files.")
  private List<Path> files = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder for the FIT files; it is created if it does not exist.")
  private Path folder;

  @Override
  public Integer call() {
    Path target = environment().workingDirectory().resolve(folder);
    try {
      Files.createDirectories(target);
      Path work = Files.createTempDirectory(target, ".convert-");
      try {
        return report(new ConvertReport(convert(new Documents(target, work))));
      } finally {
        FileSystemUtils.deleteRecursively(work);
      }
    } catch (IOException e) {
      throw CommandFailure.failed(
          "the folder %s cannot be written: %s".formatted(folder, e.getMessage()));
    }
  }

  private List<ConvertReport.Line> convert(Documents documents) {
    List<ConvertReport.Line> lines = new ArrayList<>();
    try (Progress progress = progress("converting", files.size())) {
      for (Path file : files) {
        lines.addAll(documents.in(file));
        progress.step();
      }
    }
    return lines;
  }

  private final class Documents extends NamedFiles<ConvertReport.Line> {
    private final FileReceiver receiver = new FileReceiver(new FitCheck(), LARGEST);
    private final Conversion conversion = new Conversion();
    private final Path target;
    private final Path document;
    private final Path fit;

    Documents(Path target, Path work) {
      super(
          environment().workingDirectory(),
          "GPX, TCX or FIT file",
          Pattern.compile("(?i)[.](gpx|tcx|fit)([.]gz)?$"));
      this.target = target;
      this.document = work.resolve("document");
      this.fit = work.resolve("fit");
    }

    @Override
    ConvertReport.Line read(String name, InputStream bytes) throws IOException {
      try {
        return switch (receiver.receive(bytes, document).format()) {
          case FIT -> ConvertReport.Line.alreadyFit(name);
          case GPX, TCX -> convert(name);
          default -> unreadable(name, "it is neither GPX nor TCX");
        };
      } catch (UnacceptableFile | CannotConvert e) {
        return unreadable(name, e.getMessage());
      }
    }

    @Override
    ConvertReport.Line unreadable(String name, String problem) {
      return ConvertReport.Line.failed(name, problem);
    }

    private ConvertReport.Line convert(String name) throws CannotConvert {
      String fileName = fileName(name);
      String shown = folder.resolve(fileName).toString();
      try {
        return written(name, shown, target.resolve(fileName), conversion.convert(document, fit));
      } catch (IOException e) {
        return unreadable(name, shown + " cannot be written: " + e.getMessage());
      }
    }

    private ConvertReport.Line written(String name, String shown, Path file, Converted converted)
        throws IOException {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(fit, file);
        return ConvertReport.Line.written(name, shown, false, converted);
      }
      return Files.isRegularFile(file) && Sha256.of(file).equals(Sha256.of(fit))
          ? ConvertReport.Line.written(name, shown, true, converted)
          : unreadable(name, shown + " exists already, with other content");
    }
  }

  /**
   * The last segment of a path with the extension {@code .fit}. Accepts both kinds of slash,
   * because a zip may come from any system.
   */
  static String fileName(String path) {
    String name = path.substring(1 + Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
    return ENDING.matcher(name).replaceFirst("") + ".fit";
  }
}
