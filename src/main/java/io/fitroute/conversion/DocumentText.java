package io.fitroute.conversion;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.PushbackReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of an XML document from its first tag on, because some programs write a byte order
 * mark and blanks before it. Bytes that are invalid in the declared encoding are replaced, because
 * programs often declare the wrong one. Reading fails with {@link TooLong} if the document is too
 * large, or if the parser reads too much without an event.
 */
final class DocumentText extends FilterReader {

  private static final int HEAD = 1 << 10;
  private static final int LONGEST = 1 << 20;
  private static final int LARGEST = 1 << 29;
  private static final Pattern DECLARED =
      Pattern.compile("^\\W{0,99}<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"'](?!(?i)utf-16)([\\w.:-]+)");

  private int unparsed;
  private int total;

  private DocumentText(PushbackReader text) {
    super(text);
  }

  /** Passes through the parser, and is distinguishable from other read failures. */
  static final class TooLong extends IOException {
    private TooLong(String message) {
      super(message);
    }
  }

  static DocumentText of(InputStream document) throws IOException, CannotConvert {
    PushbackInputStream bytes = new PushbackInputStream(document, HEAD);
    byte[] head = bytes.readNBytes(HEAD);
    bytes.unread(head);
    PushbackReader text = new PushbackReader(new InputStreamReader(bytes, encoding(head)));
    int first = text.read();
    for (int blanks = 0; blanks < HEAD && (first == '\uFEFF' || first <= ' '); blanks++) {
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
    if (start == 0xFEFF || start == '<') {
      return StandardCharsets.UTF_16BE;
    }
    if (start == 0xFFFE || start == '<' << 8) {
      return StandardCharsets.UTF_16LE;
    }
    // in all other encodings the declaration is ASCII
    Matcher declared = DECLARED.matcher(new String(head, StandardCharsets.US_ASCII));
    try {
      return declared.find() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException e) {
      throw new CannotConvert("its encoding is not known: " + declared.group(1));
    }
  }

  /** Must be called after each parser event; resets the limit. */
  void parsed() {
    unparsed = 0;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (unparsed > LONGEST) {
      throw new TooLong("a tag, comment or quoted text has more than " + LONGEST + " characters");
    }
    if (total > LARGEST) {
      throw new TooLong("it has more than " + LARGEST + " characters");
    }
    int count = super.read(target, offset, length);
    unparsed += Math.max(0, count);
    total += Math.max(0, count);
    return count;
  }
}
