package io.fitroute.cli.report;

import io.fitroute.text.Plain;

/** Text from outside, made fit for a terminal. */
public final class Printable {

  private Printable() {}

  /** A number of things, such as 1 file or 2 files. */
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** One line in which nothing moves the cursor or changes colours. */
  public static String line(String text) {
    return Plain.line(text);
  }
}
