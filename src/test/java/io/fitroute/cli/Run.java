package io.fitroute.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/**
 * The result of running the command line.
 *
 * @param out standard output
 * @param err standard error
 */
record Run(int exitCode, String out, String err) {

  static Run of(Environment environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new Program(environment, new PrintWriter(out), new PrintWriter(err)).run(arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }

  /** Uses the repository's {@code application.properties} in another folder. */
  static Environment environment(Map<String, String> environment, Path workingDirectory) {
    return new Environment(environment, workingDirectory, Path.of("").toAbsolutePath());
  }
}
