package io.fitroute.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.regex.Pattern;

/**
 * Replaces quotes escaped with a backslash, as in some rows of Strava's tables, by the doubled
 * quotes of RFC 4180. A backslash at the end of a cell is not an escape. The end of a cell is
 * recognised by a comma without a following blank.
 */
final class EscapedQuotes extends Reader {

  private static final Pattern ESCAPED = Pattern.compile("\\\\\"(?!\"|,(?! )|$)");

  private final BufferedReader lines;
  private String line = "";
  private int next;

  EscapedQuotes(Reader source) {
    this.lines = new BufferedReader(source);
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (next == line.length()) {
      String read = lines.readLine();
      if (read == null) {
        return -1;
      }
      line = ESCAPED.matcher(read).replaceAll("\\\\\"\"") + "\n";
      next = 0;
    }
    int count = Math.min(length, line.length() - next);
    line.getChars(next, next + count, target, offset);
    next += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
