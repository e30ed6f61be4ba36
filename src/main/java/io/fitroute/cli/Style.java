package io.fitroute.cli;

/** Marks words by colour, or not at all. */
enum Style {
  PLAIN,
  COLOURED;

  private static final String END = "\u001B[0m";

  static Style of(boolean coloured) {
    return coloured ? COLOURED : PLAIN;
  }

  /** As it should be: green. */
  String good(String text) {
    return marked("\u001B[32m", text);
  }

  /** Not quite as it should be: yellow. */
  String doubtful(String text) {
    return marked("\u001B[33m", text);
  }

  /** Not as it should be: red. */
  String bad(String text) {
    return marked("\u001B[31m", text);
  }

  private String marked(String colour, String text) {
    return this == PLAIN ? text : colour + text + END;
  }
}
