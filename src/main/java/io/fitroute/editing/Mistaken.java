package io.fitroute.editing;

/** A file has a mistake; what ran goes on. */
final class Mistaken extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Mistake mistake;

  Mistaken(Mistake mistake) {
    super(mistake.sentence());
    this.mistake = mistake;
  }

  Mistake mistake() {
    return mistake;
  }
}
