package io.fitroute.cli;

import java.io.PrintWriter;

/**
 * The key that the tokens are encrypted with.
 *
 * @param what {@code in use}, {@code rotated} or {@code reset}
 * @param id tells it from other keys
 * @param place where it is
 * @param since when it came into use
 * @param before the id of the one before it; empty if it is just shown
 * @param concerned how many tokens were encrypted anew, or how many athletes must connect again
 */
record KeyReport(String what, String id, String place, String since, String before, int concerned)
    implements Report {

  @Override
  public void print(PrintWriter out) {
    out.println("key " + id + ", in " + place + ", in use since " + since);
    switch (what) {
      case "rotated" ->
          out.println(
              concerned
                  + " tokens were encrypted anew; key "
                  + before
                  + " is needed for older backups only");
      case "reset" ->
          out.println(
              Printable.count(concerned, "athlete") + " to connect again: ./fitroute connect");
      default -> out.println("keep a copy of it elsewhere than the database");
    }
  }
}
