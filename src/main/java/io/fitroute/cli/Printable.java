package io.fitroute.cli;

/** Text from outside, made fit for a terminal. */
final class Printable {

  private Printable() {}

  /** One line in which nothing moves the cursor or changes colours. */
  static String line(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
