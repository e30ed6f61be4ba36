package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.JsonDocument;
import io.fitroute.cli.report.LocalTimes;
import io.fitroute.cli.report.Report;
import io.fitroute.settings.InvalidSetting;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.ApiApplication;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * A command that reports: gives access to the environment, and to standard output only through a
 * report.
 */
abstract class Reporting implements Callable<Integer> {
  static final String JSON = "--json";

  @ParentCommand private RootCommand root;
  @Spec private CommandSpec spec;

  @Option(names = JSON, description = "Print one JSON document instead of text.")
  private boolean json;

  final Environment environment() {
    return root.environment();
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSetting for the first unknown or malformed value
   */
  final Settings settings() {
    return environment().settings();
  }

  /**
   * Checks the credentials of the API application.
   *
   * @throws CommandFailure if the client id or secret is not set
   */
  static void requireApplication(Settings settings) {
    if (!ApiApplication.of(settings).isComplete()) {
      List<String> hints = new ArrayList<>();
      hints.add(
          "STRAVA_CLIENT_ID and STRAVA_CLIENT_SECRET are not both set: find them at"
              + " https://www.strava.com/settings/api, and put them into .env");
      hints.addAll(settings.warnings());
      throw CommandFailure.notConfigured(String.join("; ", hints));
    }
  }

  /** Starts a progress display. */
  final Progress progress(String what, int total) {
    return Progress.of(what, total, spec.commandLine().getErr(), environment());
  }

  /** Prints a line for the user that is not part of the report. */
  final void inform(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  /**
   * Prints the report to standard output; called once per command.
   *
   * @return the {@link ExitCode} of the report
   */
  final int report(Report report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonDocument.of(report));
    } else {
      Ansi colours = spec.commandLine().getColorScheme().ansi();
      StringWriter text = new StringWriter();
      report.print(new PrintWriter(text), colours);
      out.print(LocalTimes.in(text.toString()));
    }
    out.flush();
    return report.exitCode();
  }
}
