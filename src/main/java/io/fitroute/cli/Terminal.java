package io.fitroute.cli;

import java.util.Map;

/** Whether somebody looks at standard error, and likes colours. */
final class Terminal {

  private final boolean interactive;
  private final boolean coloured;

  private Terminal(boolean interactive, boolean coloured) {
    this.interactive = interactive;
    this.coloured = coloured;
  }

  /**
   * By the environment, and by what the launcher has found out: Java itself only tells whether both
   * standard input and output are a terminal.
   */
  static Terminal of(Surroundings surroundings) {
    Map<String, String> environment = surroundings.environment();
    boolean terminal =
        Boolean.getBoolean("fitroute.terminal")
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(terminal, terminal && environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  /** Whether a line may be written over. */
  boolean isInteractive() {
    return interactive;
  }

  /** Whether colours may be used. */
  boolean isColoured() {
    return coloured;
  }
}
