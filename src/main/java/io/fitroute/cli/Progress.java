package io.fitroute.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a command has come that works for long: one line that changes on a terminal, elsewhere
 * now and then a line of its own. What is quickly done shows nothing.
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
   * Begins.
   *
   * @param what is done, such as "importing"
   * @param total how many steps that takes
   */
  static Progress of(String what, int total, PrintWriter err, Environment environment) {
    return new Progress(what, total, err, Terminal.of(environment).isErrorInteractive());
  }

  /** One step is done. */
  void step() {
    done++;
    show(what + ": " + done + " of " + total);
  }

  /** The current progress as text. */
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
