package io.fitroute.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name most similar to a mistyped one. */
public final class NearestName {
  private record Candidate(String name, int edits) {}

  private NearestName() {}

  /** The most similar known name; empty if none are known. */
  public static Optional<String> of(String typed, Collection<String> known) {
    return of(typed, known, Integer.MAX_VALUE);
  }

  /** The most similar known name within a number of single-letter edits. */
  static Optional<String> of(String typed, Collection<String> known, int mostEdits) {
    return known.stream()
        .filter(name -> Math.abs(name.length() - typed.length()) <= mostEdits)
        .map(name -> new Candidate(name, edits(typed, name)))
        .filter(candidate -> candidate.edits() <= mostEdits)
        .min(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  /** The Levenshtein distance. */
  static int edits(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced =
            previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
