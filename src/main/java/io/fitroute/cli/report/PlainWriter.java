package io.fitroute.cli.report;

import io.fitroute.text.Plain;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Filters all output of commands: only this program's own control sequences, for colours and for a
 * line that is updated, reach the terminal.
 */
public final class PlainWriter extends FilterWriter {

  private static final Pattern OURS = Pattern.compile("\u001B\\[[0-9;]*[mK]|[\\t\\n\\r]");

  public PlainWriter(Writer target) {
    super(target);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    Matcher ours = OURS.matcher(text).region(offset, offset + length);
    int at = offset;
    while (ours.find()) {
      writePlain(text, at, ours.start());
      out.write(ours.group());
      at = ours.end();
    }
    writePlain(text, at, offset + length);
  }

  private void writePlain(String text, int from, int to) throws IOException {
    StringBuilder plain = new StringBuilder(text.substring(from, to));
    for (int at = 0; at < plain.length(); at++) {
      if (Plain.isUnprintable(plain.charAt(at))) {
        plain.setCharAt(at, ' ');
      }
    }
    out.write(plain.toString());
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    write(new String(text, offset, length), 0, length);
  }

  @Override
  public void write(int character) throws IOException {
    write(String.valueOf((char) character), 0, 1);
  }
}
