package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.doctor.Doctor;
import io.fitroute.doctor.Finding;
import io.fitroute.doctor.Finding.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** {@code fitroute doctor}: finds problems and their remedies. */
@Command(
    name = "doctor",
    description =
        "Find problems and suggest how to fix them. Sends Strava at most five requests."
            + " Exit code 0: everything works, 1: something does not work, 3: something is not"
            + " configured, or an athlete has to connect.",
    footer = {"  ./fitroute doctor", "  ./fitroute doctor --json"})
final class DoctorCommand extends Reporting {

  @Override
  public Integer call() throws IOException {
    Doctor doctor =
        new Doctor(
            this::settings,
            environment().workingDirectory(),
            environment().home(),
            Clock.systemUTC());
    return report(DoctorReport.of(doctor.examine()));
  }

  /**
   * The findings.
   *
   * @param findings one per subject, in order of dependence
   * @param summary the number of findings of each verdict
   */
  record DoctorReport(List<Finding> findings, Map<String, Long> summary) implements Report {

    static DoctorReport of(List<Finding> findings) {
      Map<String, Long> summary = new TreeMap<>();
      Arrays.stream(Verdict.values()).forEach(verdict -> summary.put(verdict.word(), 0L));
      findings.forEach(finding -> summary.merge(finding.verdict().word(), 1L, Long::sum));
      return new DoctorReport(findings, summary);
    }

    private long number(Verdict verdict) {
      return summary.get(verdict.word());
    }

    /** Missing configuration takes precedence, because nothing else can work before. */
    @Override
    public int exitCode() {
      if (number(Verdict.NOT_CONFIGURED) > 0) {
        return ExitCode.NOT_CONFIGURED;
      }
      return number(Verdict.TROUBLE) > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    @Override
    public void print(PrintWriter out) {
      print(out, Ansi.OFF);
    }

    private static String marked(Verdict verdict, Ansi colours) {
      String colour =
          switch (verdict) {
            case GOOD -> "green";
            case WARNING -> "yellow";
            case TROUBLE, NOT_CONFIGURED -> "red";
          };
      return colours.string("@|%s %-15s|@".formatted(colour, verdict.word()));
    }

    @Override
    public void print(PrintWriter out, Ansi colours) {
      for (Finding line : findings) {
        out.printf(
            "%s %s: %s%n",
            marked(line.verdict(), colours), line.subject(), Printable.line(line.what()));
        if (!line.fix().isEmpty()) {
          out.printf("%15s why: %s%n", "", line.why());
          out.printf("%15s fix: %s%n", "", Printable.line(line.fix()));
        }
      }
      out.printf(
          "%n%d good, %d warnings, %d troubles, %d to set up%n",
          number(Verdict.GOOD),
          number(Verdict.WARNING),
          number(Verdict.TROUBLE),
          number(Verdict.NOT_CONFIGURED));
    }
  }
}
