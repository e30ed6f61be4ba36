package io.fitroute.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.regex.Pattern;

/**
 * Doubles quotes that are escaped with a backslash, as some rows of Strava's tables have them,
 * where RFC 4180 wants them doubled. A backslash at the end of a cell stays what it is: a comma in
 * a text is followed by a blank, one between cells is not.
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
