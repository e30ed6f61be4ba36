package io.fitroute.cli;

import io.fitroute.doctor.Finding;
import io.fitroute.doctor.Finding.Verdict;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Help.Ansi;

/**
 * What was examined.
 *
 * @param findings one a subject, in the order in which things depend on each other
 * @param summary how many findings of each verdict
 */
record DoctorReport(List<Line> findings, Map<String, Long> summary) implements Report {

  /**
   * @param verdict {@code good}, {@code warning}, {@code trouble} or {@code not-configured}
   * @param why it matters; empty if all is well
   * @param fix what to do; empty if all is well
   */
  record Line(String subject, String verdict, String what, String why, String fix) {}

  static DoctorReport of(List<Finding> findings) {
    Map<String, Long> summary = new TreeMap<>();
    Arrays.stream(Verdict.values()).forEach(verdict -> summary.put(word(verdict), 0L));
    findings.forEach(finding -> summary.merge(word(finding.verdict()), 1L, Long::sum));
    List<Line> lines =
        findings.stream()
            .map(
                finding ->
                    new Line(
                        finding.subject(),
                        word(finding.verdict()),
                        finding.what(),
                        finding.why(),
                        finding.fix()))
            .toList();
    return new DoctorReport(lines, summary);
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What has to be set up comes first: until then nothing else can be said to work. */
  @Override
  public int exitCode() {
    if (summary.get(word(Verdict.NOT_CONFIGURED)) > 0) {
      return ExitCode.NOT_CONFIGURED;
    }
    return summary.get(word(Verdict.TROUBLE)) > 0 ? ExitCode.FAILED : ExitCode.DONE;
  }

  @Override
  public void print(PrintWriter out) {
    print(out, Ansi.OFF);
  }

  private static String marked(String verdict, Ansi colours) {
    String bad = verdict.equals(word(Verdict.WARNING)) ? "yellow" : "red";
    String colour = verdict.equals(word(Verdict.GOOD)) ? "green" : bad;
    return colours.string("@|%s %-15s|@".formatted(colour, verdict));
  }

  @Override
  public void print(PrintWriter out, Ansi colours) {
    for (Line line : findings) {
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
        summary.get(word(Verdict.GOOD)),
        summary.get(word(Verdict.WARNING)),
        summary.get(word(Verdict.TROUBLE)),
        summary.get(word(Verdict.NOT_CONFIGURED)));
  }
}
