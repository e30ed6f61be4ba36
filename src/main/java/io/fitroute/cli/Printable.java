package io.fitroute.cli;

import io.fitroute.text.Plain;

/** Text from outside, made fit for a terminal. */
final class Printable {

  private Printable() {}

  /** A number of things, such as 1 file or 2 files. */
  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** One line in which nothing moves the cursor or changes colours. */
  static String line(String text) {
    return Plain.line(text);
  }
}
