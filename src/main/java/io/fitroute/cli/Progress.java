package io.fitroute.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/**
 * Shows the progress of a long command: a line that is updated on a terminal, or else a new line
 * from time to time. Quick commands show nothing.
 */
final class Progress implements AutoCloseable {

  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);
  private static final String REWRITE = "\r\u001B[K";

  private final String what;
  private final int total;
  private final PrintWriter err;
  private final boolean terminal;
  private Instant next = Instant.now().plus(QUICK);
  private int done;
  private boolean shown;

  private Progress(String what, int total, PrintWriter err, boolean terminal) {
    this.what = what;
    this.total = total;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * Starts the display.
   *
   * @param what the activity, such as "importing"
   * @param total the number of steps
   */
  static Progress of(String what, int total, PrintWriter err, Environment environment) {
    return new Progress(what, total, err, Terminal.of(environment).isErrorInteractive());
  }

  /** Records a step. */
  void step() {
    done++;
    show(what + ": " + done + " of " + total);
  }

  /** Shows the progress. */
  void show(String line) {
    Instant now = Instant.now();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(terminal ? ON_TERMINAL : ELSEWHERE);
    shown = true;
    if (terminal) {
      err.print(REWRITE + line);
    } else {
      err.println(line);
    }
    err.flush();
  }

  @Override
  public void close() {
    if (shown && terminal) {
      err.print(REWRITE);
      err.flush();
    }
  }
}
