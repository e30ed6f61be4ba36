package io.fitroute.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the figures of several versions; those of this one are also shown as a ratio to the
 * previous one.
 */
final class Comparison {

  private final List<String> head = new ArrayList<>(List.of(""));
  private final Map<String, double[]> rows = new LinkedHashMap<>();

  Comparison(String... figures) {
    head.addAll(List.of(figures));
  }

  Comparison row(String name, double... figures) {
    rows.put(name, figures);
    return this;
  }

  void print(String title) {
    Table table = new Table(head.toArray(String[]::new));
    rows.forEach((name, figures) -> table.row(cells(name, figures, "%,.2f")));
    if (rows.containsKey("now") && rows.containsKey("before")) {
      double[] now = rows.get("now");
      double[] before = rows.get("before");
      double[] ratios = new double[now.length];
      for (int i = 0; i < now.length; i++) {
        ratios[i] = now[i] == before[i] ? 1 : now[i] / before[i];
      }
      table.row(cells("**now to before**", ratios, "%.2f"));
    }
    table.print(title);
  }

  private static String[] cells(String name, double[] figures, String format) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (double figure : figures) {
      cells.add(String.format(Locale.ROOT, format, figure).replaceFirst("\\.00$", ""));
    }
    return cells.toArray(String[]::new);
  }
}
