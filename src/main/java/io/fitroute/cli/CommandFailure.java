package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;

/** An expected failure of a command: one line for the user, and an {@link ExitCode}. */
public final class CommandFailure extends RuntimeException {

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** A failure; the message says what failed and what to do. */
  public static CommandFailure failed(String message) {
    return new CommandFailure(ExitCode.FAILED, message);
  }

  /** The arguments contradict each other. */
  public static CommandFailure wrongUsage(String message) {
    return new CommandFailure(ExitCode.WRONG_USAGE, message);
  }

  /** A setting or an authorisation is missing; the message says how to get it. */
  public static CommandFailure notConfigured(String message) {
    return new CommandFailure(ExitCode.NOT_CONFIGURED, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
