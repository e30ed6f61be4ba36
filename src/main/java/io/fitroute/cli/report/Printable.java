package io.fitroute.cli.report;

import io.fitroute.text.Plain;

/** Makes foreign text safe for a terminal. */
public final class Printable {

  private Printable() {}

  /** A number of things, such as 1 file or 2 files. */
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** The text on one line, without control characters. */
  public static String line(String text) {
    return Plain.line(text);
  }
}
