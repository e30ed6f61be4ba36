package io.fitroute.conversion;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.PushbackReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of an XML document, from its first tag on: the byte order mark and the blanks that
 * some programs write before it are no XML. Bytes that the encoding does not have are replaced, as
 * programs that declare one encoding and write another are not rare.
 *
 * <p>A parser that goes on for long without finding anything is fed no more.
 */
final class DocumentText extends FilterReader {

  private static final int HEAD = 1 << 10;
  private static final int LONGEST = 1 << 20;
  private static final int LARGEST = 1 << 29;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final Pattern DECLARED =
      Pattern.compile("^\\s*<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([\\w.:-]+)[\"']");

  private int unparsed;
  private long total;

  /** Carries the reason through the parser, and apart from failures to read. */
  static final class TooLong extends IOException {
    private TooLong(String message) {
      super(message);
    }
  }

  private DocumentText(PushbackReader text) {
    super(text);
  }

  static DocumentText of(InputStream document) throws IOException, CannotConvert {
    PushbackInputStream bytes = new PushbackInputStream(document, HEAD);
    byte[] head = bytes.readNBytes(HEAD);
    bytes.unread(head);
    PushbackReader text = new PushbackReader(new InputStreamReader(bytes, encoding(head)));
    int first = text.read();
    while (first == BYTE_ORDER_MARK || Character.isWhitespace(first)) {
      first = text.read();
    }
    if (first != '<') {
      throw new CannotConvert("it is not XML");
    }
    text.unread(first);
    return new DocumentText(text);
  }

  private static Charset encoding(byte[] head) throws CannotConvert {
    int start = head.length < 2 ? 0 : (head[0] & 0xFF) << 8 | head[1] & 0xFF;
    switch (start) {
      case 0xFEFF, '<', ' ', '\n', '\r' -> {
        return StandardCharsets.UTF_16BE;
      }
      case 0xFFFE, '<' << 8, ' ' << 8, '\n' << 8, '\r' << 8 -> {
        return StandardCharsets.UTF_16LE;
      }
      default -> {
        return declared(head);
      }
    }
  }

  /** One byte is a character in every encoding that is left, as far as the declaration goes. */
  private static Charset declared(byte[] head) throws CannotConvert {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    Matcher declaration =
        DECLARED.matcher(text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text);
    if (!declaration.find() || declaration.group(1).toUpperCase(Locale.ROOT).startsWith("UTF-16")) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(declaration.group(1));
    } catch (IllegalArgumentException e) {
      throw new CannotConvert("its encoding is not known: " + declaration.group(1));
    }
  }

  /** The parser has found something. */
  void parsed() {
    unparsed = 0;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (unparsed > LONGEST) {
      throw new TooLong("a tag or comment of it has more than %d characters".formatted(LONGEST));
    }
    if (total > LARGEST) {
      throw new TooLong("it has more than %d characters".formatted(LARGEST));
    }
    int count = super.read(target, offset, length);
    unparsed += Math.max(0, count);
    total += Math.max(0, count);
    return count;
  }
}
