package io.fitroute.cli.report;

/** The exit codes of commands. Scripts rely on these numbers. */
public final class ExitCode {
  /** Everything asked for was done. */
  public static final int DONE = 0;

  /** Something failed; standard error says what. */
  public static final int FAILED = 1;

  /** The command line is not understood. */
  public static final int WRONG_USAGE = 2;

  /** A setting or permission is missing or wrong; standard error says what to do. */
  public static final int NOT_CONFIGURED = 3;

  private ExitCode() {}
}
