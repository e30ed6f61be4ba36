package io.fitroute.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The results of several runs, as the table in {@code docs/reliability.md}. */
final class Table {

  private final List<Result> results;

  Table(List<Result> results) {
    this.results = List.copyOf(results);
  }

  /** The number of broken promises. */
  long violations() {
    return sum(result -> result.violations().size());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("| in all runs | |");
    lines.add("|---|---:|");
    lines.add(row("runs", results.size()));
    lines.add(row("events told", sum(Result::told)));
    lines.add(row("of them acknowledged", sum(Result::acknowledged)));
    lines.add(row("services killed", sum(Result::kills)));
    lines.add(
        row(
            "mishaps: stopped, disk full, ledger or data gone, server restarted",
            sum(Result::mishaps)));
    lines.add(row("requests struck by a fault", sum(Result::struck)));
    lines.add(row("quarter hours that ended", sum(Result::windows)));
    lines.add(row("API requests", sum(Result::requests)));
    lines.add(row("files delivered", sum(Result::files)));
    lines.add(row("deletes confirmed", sum(Result::confirmedDeletes)));
    lines.add(
        row(
            "refreshes cut by a kill, so that an athlete had to reconnect",
            sum(Result::refreshesCut)));
    for (Promise promise : Promise.values()) {
      lines.add(row("**" + promise.broken() + "**", broken(promise)));
    }
    return lines;
  }

  private long broken(Promise promise) {
    return sum(
        result -> result.violations().stream().filter(found -> found.promise() == promise).count());
  }

  private long sum(ToLongFunction<Result> figure) {
    return results.stream().mapToLong(figure).sum();
  }

  private static String row(String what, long figure) {
    return "| " + what + " | " + figure + " |";
  }
}
