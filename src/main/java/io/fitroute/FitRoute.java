package io.fitroute;

import io.fitroute.cli.Environment;
import io.fitroute.cli.Program;

/** The entry point; the launcher {@code fitroute} runs it. */
public final class FitRoute {
  private FitRoute() {}

  public static void main(String[] arguments) {
    System.exit(Program.onThisTerminal(Environment.ofThisProcess()).run(arguments));
  }
}
