package io.fitroute.text;

import java.util.regex.Pattern;

/**
 * Text from outside without what does something to a terminal: control characters, C1 included, and
 * those that change the direction of what stands around them (Unicode's annex 9).
 */
public final class Plain {

  private static final String DIRECTIONS = "\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u206F";
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}" + DIRECTIONS + "]");
  private static final Pattern UNPRINTABLES = Pattern.compile(UNPRINTABLE + "+");
  private static final Pattern BUT_LAYOUT =
      Pattern.compile("[\\p{Cc}" + DIRECTIONS + "&&[^\\t\\n\\r]]");
  private static final Pattern LINE_WITHIN = Pattern.compile("[\\r\\n]++(?=.)");

  private Plain() {}

  /** On one line. */
  public static String line(String text) {
    return UNPRINTABLES.matcher(text).replaceAll(" ").strip();
  }

  /** With its tabs and its lines, of which the second and later ones are indented. */
  public static String lines(String text) {
    return LINE_WITHIN.matcher(BUT_LAYOUT.matcher(text).replaceAll(" ")).replaceAll("\n  ");
  }

  /** JSON that says the same, with such characters as {@code \}{@code u0085}. */
  public static String json(String document) {
    return BUT_LAYOUT
        .matcher(document)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }

  /** Whether a character is one of those. */
  public static boolean isUnprintable(char character) {
    return UNPRINTABLE.matcher(String.valueOf(character)).matches();
  }
}
