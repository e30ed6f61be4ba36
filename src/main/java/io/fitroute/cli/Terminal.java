package io.fitroute.cli;

import java.util.List;
import java.util.Map;

/** Which outputs of a command are terminals, and whether to use colours. */
final class Terminal {

  /**
   * Set by the launcher to those of {@code out} and {@code err} that are terminals; Java itself
   * only reports whether both standard input and output are.
   */
  static final String PROPERTY = "fitroute.terminal";

  private final Map<String, String> environment;
  private final List<String> terminals;

  private Terminal(Map<String, String> environment, List<String> terminals) {
    this.environment = environment;
    this.terminals = terminals;
  }

  static Terminal of(Environment environment) {
    return new Terminal(
        environment.variables(), List.of(System.getProperty(PROPERTY, "").split(",")));
  }

  /** Whether a line on standard error can be overwritten. */
  boolean isErrorInteractive() {
    return is("err");
  }

  /** Whether standard output may have colours; never with {@code NO_COLOR}. */
  boolean isOutputColoured() {
    return is("out") && isColourWanted();
  }

  private boolean is(String output) {
    return terminals.contains(output) && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  private boolean isColourWanted() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty();
  }
}
