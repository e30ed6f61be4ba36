package io.fitroute.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * Who is connected now.
 *
 * @param scope what was granted, separated by commas
 * @param next what there is to do
 */
record ConnectReport(String athleteId, String name, String scope, List<String> next)
    implements Report {

  @Override
  public void print(PrintWriter out) {
    String who = name.isEmpty() ? "" : Printable.line(name) + ", ";
    out.println("connected: " + who + "athlete " + athleteId + ", with the scope " + scope);
    next.forEach(step -> out.println("next: " + step));
  }
}
