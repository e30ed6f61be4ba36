package io.fitroute.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option {@code --json} of every command that reports, and the only way to report. */
final class Reporting {
  static final String JSON = "--json";

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(names = JSON, description = "Print one JSON document instead of text.")
  private boolean json;

  /** Prints to standard output, which a command does once. */
  void report(Report report) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(JsonDocument.of(report));
    } else {
      boolean coloured = command.commandLine().getColorScheme().ansi().enabled();
      report.print(out, Style.of(coloured));
    }
    out.flush();
  }
}
