package io.fitroute.cli.report;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command has to say. An implementation is a record: its components, in snake case, are the
 * JSON document.
 */
public interface Report {
  /** Says it to a person. */
  void print(PrintWriter out);

  /** As {@link #print(PrintWriter)}, with words marked by colour where that helps. */
  default void print(PrintWriter out, Ansi colours) {
    print(out);
  }

  /** What the shell is told, an {@link ExitCode}. */
  default int exitCode() {
    return ExitCode.DONE;
  }
}
