package io.fitroute.editing;

/** A file can be read, but what it says cannot be. */
final class Unfit extends Exception {

  private static final long serialVersionUID = 1;

  private final String clue;

  /**
   * @param clue what stands in the line of the file that is wrong
   */
  Unfit(String reason, String clue) {
    super(reason);
    this.clue = clue;
  }

  String clue() {
    return clue;
  }
}
