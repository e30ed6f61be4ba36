package io.fitroute.cli.report;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/**
 * The output of a command. An implementation is a record; its components, in snake case, are the
 * JSON document.
 */
public interface Report {
  /** Prints it as text. */
  void print(PrintWriter out);

  /** As {@link #print(PrintWriter)}, with colours where they help. */
  default void print(PrintWriter out, Ansi colours) {
    print(out);
  }

  /** The {@link ExitCode} of the command. */
  default int exitCode() {
    return ExitCode.DONE;
  }
}
