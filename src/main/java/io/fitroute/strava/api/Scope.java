package io.fitroute.strava.api;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The permissions of an athlete. Strava separates the words by commas in the redirect and, since
 * April 2026, by spaces in the token response; both are read, and commas are written.
 *
 * @param words such as {@code activity:read_all}
 */
public record Scope(Set<String> words) {

  /** Part of every permission, requested or not. */
  private static final String ALWAYS = "read";

  public Scope {
    words = Set.copyOf(words);
  }

  /** Parses words separated by commas or spaces, encoded or not. */
  public static Scope of(String text) {
    return new Scope(
        Arrays.stream(text.split("(?i:%2C|%20)|[,+\\s]+"))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  public boolean isEmpty() {
    return words.isEmpty();
  }

  /**
   * The words of this scope that were not granted; {@code activity:read_all} includes {@code
   * activity:read}.
   */
  public Scope missingIn(Scope granted) {
    return new Scope(
        words.stream()
            .filter(word -> !word.equals(ALWAYS))
            .filter(
                word ->
                    !granted.words.contains(word)
                        && !granted.words.contains(word.replaceFirst(":read$", ":read_all")))
            .collect(Collectors.toSet()));
  }

  /** The words, sorted and separated by commas, as the consent page expects them. */
  @Override
  public String toString() {
    return words.stream().sorted().collect(Collectors.joining(","));
  }
}
