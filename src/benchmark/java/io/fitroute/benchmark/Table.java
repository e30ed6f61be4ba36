package io.fitroute.benchmark;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... head) {
    rows.add(List.of(head));
  }

  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  void print(String title) {
    System.out.println("\n### " + title + "\n");
    for (int number = 0; number < rows.size(); number++) {
      System.out.println("| " + String.join(" | ", rows.get(number)) + " |");
      if (number == 0) {
        System.out.println(("|" + "---|").repeat(rows.get(0).size()));
      }
    }
    System.out.println();
  }
}
