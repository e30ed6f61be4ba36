package io.fitroute.archive;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/**
 * Doubles quotes that are escaped with a backslash, as some rows of Strava's tables have them,
 * where RFC 4180 wants them doubled. A backslash at the end of a cell stays what it is.
 */
final class EscapedQuotes extends FilterReader {

  private final PushbackReader source;

  EscapedQuotes(Reader source) {
    this(new PushbackReader(new BufferedReader(source), 4));
  }

  private EscapedQuotes(PushbackReader source) {
    super(source);
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    int character = source.read();
    if (character == '\\' && escapesQuote()) {
      source.unread('"');
    }
    return character;
  }

  private boolean escapesQuote() throws IOException {
    char[] next = new char[3];
    int count = 0;
    for (int found = source.read(); found >= 0; found = source.read()) {
      next[count++] = (char) found;
      if (count == next.length) {
        break;
      }
    }
    source.unread(next, 0, count);
    return count > 1 && next[0] == '"' && !endsCell(next, count);
  }

  /** A comma in a text is followed by a blank, one between cells is not. */
  private static boolean endsCell(char[] next, int count) {
    return switch (next[1]) {
      case '"', '\r', '\n' -> true;
      case ',' -> count < 3 || next[2] != ' ';
      default -> false;
    };
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int character = read();
      if (character < 0) {
        break;
      }
      target[offset + count] = (char) character;
      count++;
    }
    return count == 0 && length > 0 ? -1 : count;
  }
}
