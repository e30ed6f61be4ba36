package io.fitroute.strava.api;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an athlete allows. Strava separates the words by commas in the redirect and, since April
 * 2026, by spaces in the token answer; both are read, and commas are written.
 *
 * @param words such as {@code activity:read_all}
 */
public record Scope(Set<String> words) {

  /** What comes with every permission, asked for or not. */
  private static final String ALWAYS = "read";

  public Scope {
    words = Set.copyOf(words);
  }

  /** Reads words separated by commas or spaces, or by {@code %2C} where nobody has decoded it. */
  public static Scope of(String text) {
    return new Scope(
        Arrays.stream(text.split("(?i:%2C|%20)|[,+\\s]+"))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  public boolean isEmpty() {
    return words.isEmpty();
  }

  /** What of this is not in what was granted; {@code activity:read_all} includes the narrower. */
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

  /** The words, sorted and separated by commas, as the authorize page takes them. */
  @Override
  public String toString() {
    return words.stream().sorted().collect(Collectors.joining(","));
  }
}
