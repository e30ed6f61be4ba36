package io.fitroute.cli;

import io.fitroute.ledger.LedgerCopy.Copied;
import java.io.PrintWriter;
import java.util.List;

/**
 * What was copied from one database into another.
 *
 * @param rows of all tables
 * @param athletes whose tokens could be read in the copy
 * @param next what there is to do
 */
record LedgerCopyReport(
    String from, String to, List<Copied> tables, long rows, int athletes, List<String> next)
    implements Report {

  @Override
  public void print(PrintWriter out) {
    out.println("copied " + from);
    out.println("to     " + to);
    for (Copied table : tables) {
      if (table.rows() > 0) {
        out.printf("  %-14s %9d%n", table.table(), table.rows());
      }
    }
    String whose = athletes == 1 ? "1 athlete" : athletes + " athletes";
    out.println(rows + " rows, all there; the tokens of " + whose + " can be used");
    next.forEach(step -> out.println("next: " + step));
  }
}
