package io.fitroute;

import io.fitroute.cli.Environment;
import io.fitroute.cli.Program;

/** Where the Java program starts; the launcher {@code fitroute} starts this. */
public final class FitRoute {
  private FitRoute() {}

  public static void main(String[] arguments) {
    System.exit(Program.onThisTerminal(Environment.ofThisProcess()).run(arguments));
  }
}
