package io.fitroute.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a {@code .env} file with one {@code NAME=value} per line. {@code export} before the name,
 * spaces around the {@code =}, empty lines and comments after {@code #} are allowed. A value in
 * single quotes is literal; in double quotes {@code \n}, {@code \r}, {@code \t}, {@code \"} and
 * {@code \\} have their usual meaning; an unquoted value ends before a {@code #} that follows a
 * space. Nothing is substituted. If a name occurs twice, the last line wins.
 */
final class DotEnv {
  /**
   * A value and its line number, counted from 1.
   *
   * @param value without its quotes
   */
  record Entry(String value, int line) {}

  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=(.*)", Pattern.DOTALL);
  private static final Pattern SINGLE_QUOTED = Pattern.compile("'([^']*)'\\s*(?:#.*)?");
  private static final Pattern DOUBLE_QUOTED =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*(?:#.*)?");
  private static final Pattern ESCAPE = Pattern.compile("\\\\[nrt\"\\\\]");
  private static final Pattern COMMENT = Pattern.compile("\\s#.*");

  private DotEnv() {}

  /**
   * @param text the whole file
   * @throws InvalidSetting if a line is malformed; the message names the line but not its content
   */
  static Map<String, Entry> parse(String text) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    String[] lines = text.replaceFirst("^\uFEFF", "").split("\r\n|\n|\r", -1);
    for (int index = 0; index < lines.length; index++) {
      String line = lines[index].strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int number = index + 1;
      Matcher assignment = ASSIGNMENT.matcher(line);
      if (!assignment.matches()) {
        throw malformed(number, "it is not of the form NAME=value");
      }
      entries.put(assignment.group(1), new Entry(value(assignment.group(2), number), number));
    }
    return entries;
  }

  private static String value(String afterEquals, int line) {
    String written = afterEquals.strip();
    if (written.startsWith("'")) {
      return content(SINGLE_QUOTED.matcher(written), line);
    }
    if (written.startsWith("\"")) {
      return unescaped(content(DOUBLE_QUOTED.matcher(written), line));
    }
    return COMMENT.matcher(afterEquals).replaceFirst("").strip();
  }

  private static String content(Matcher quoted, int line) {
    if (!quoted.matches()) {
      throw malformed(line, "its quotes are not closed, or are followed by something other than #");
    }
    return quoted.group(1);
  }

  private static String unescaped(String escaped) {
    return ESCAPE
        .matcher(escaped)
        .replaceAll(found -> Matcher.quoteReplacement(found.group().translateEscapes()));
  }

  private static InvalidSetting malformed(int line, String problem) {
    return new InvalidSetting(
        ".env line "
            + line
            + " cannot be read: "
            + problem
            + "; allowed: NAME=value, with the value in '...' or \"...\" if need be, and # comments");
  }
}
