package io.fitroute.cli;

import java.io.PrintWriter;

/**
 * What a command has to say. An implementation is a record: its components, in snake case, are the
 * JSON document.
 */
interface Report {
  /** Says it to a person. */
  void print(PrintWriter out);

  /** As {@link #print(PrintWriter)}, with words marked by colour where that helps. */
  default void print(PrintWriter out, Style style) {
    print(out);
  }
}
