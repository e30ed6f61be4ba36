package io.fitroute.text;

import java.util.regex.Pattern;

/**
 * Removes characters from foreign text that would affect a terminal: control characters, including
 * C1, and those that change the text direction (Unicode's annex 9).
 */
public final class Plain {

  private static final String DIRECTIONS = "\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u206F";
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}" + DIRECTIONS + "]");
  private static final Pattern UNPRINTABLES = Pattern.compile(UNPRINTABLE + "+");
  private static final Pattern BUT_LAYOUT =
      Pattern.compile("[\\p{Cc}" + DIRECTIONS + "&&[^\\t\\n\\r]]");
  private static final Pattern LINE_WITHIN = Pattern.compile("[\\r\\n]++(?=.)");

  private Plain() {}

  /** The text on one line. */
  public static String line(String text) {
    return UNPRINTABLES.matcher(text).replaceAll(" ").strip();
  }

  /** The text with its tabs and lines; all lines but the first are indented. */
  public static String lines(String text) {
    return LINE_WITHIN.matcher(BUT_LAYOUT.matcher(text).replaceAll(" ")).replaceAll("\n  ");
  }

  /** Equivalent JSON with such characters escaped, as in {@code \}{@code u0085}. */
  public static String json(String document) {
    return BUT_LAYOUT
        .matcher(document)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }

  /** Whether a character is one of those removed. */
  public static boolean isUnprintable(char character) {
    return UNPRINTABLE.matcher(String.valueOf(character)).matches();
  }
}
