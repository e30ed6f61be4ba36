package io.fitroute.fit;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises formats by how they begin, and complete documents by how they end. */
final class FormatRecognition {
  private static final Pattern END_OF_GPX = endTag("gpx");
  private static final Pattern END_OF_TCX = endTag("TrainingCenterDatabase");
  private static final Set<String> HTML_ELEMENTS =
      Set.of("html", "head", "body", "title", "meta", "script");
  private static final int SHORTEST_FIT_HEADER = 12;

  /** White space in XML and JSON, and the byte order mark. */
  private static final String BLANKS = " \t\r\n\uFEFF";

  private FormatRecognition() {}

  static FileFormat recognise(byte[] head) {
    if (isFit(head)) {
      return FileFormat.FIT;
    }
    String text = decode(head);
    int start = skipBlanks(text, 0);
    if (start == text.length()) {
      return FileFormat.EMPTY;
    }
    return switch (text.charAt(start)) {
      case '{', '[' -> FileFormat.JSON;
      case '<' -> byRootElement(text, start);
      default -> FileFormat.UNKNOWN;
    };
  }

  /**
   * Whether a document ends like a complete one of its format.
   *
   * @param tail the last bytes of the document
   */
  static boolean isWhole(FileFormat format, byte[] tail) {
    // one byte per character and no zeros, so the end looks the same in UTF-8 and UTF-16
    String text = new String(tail, StandardCharsets.ISO_8859_1).replace("\0", "");
    return switch (format) {
      case GPX -> END_OF_GPX.matcher(text).find();
      case TCX -> END_OF_TCX.matcher(text).find();
      case JSON -> text.stripTrailing().endsWith("}") || text.stripTrailing().endsWith("]");
      case FIT, HTML, EMPTY, UNKNOWN -> true;
    };
  }

  private static boolean isFit(byte[] head) {
    if (head.length < SHORTEST_FIT_HEADER) {
      // cut within the header: its size and a protocol version of 1 or 2 still identify it
      return head.length >= 2
          && (head[0] == SHORTEST_FIT_HEADER || head[0] == SHORTEST_FIT_HEADER + 2)
          && (head[1] >> 4 == 1 || head[1] >> 4 == 2);
    }
    return head[8] == '.' && head[9] == 'F' && head[10] == 'I' && head[11] == 'T';
  }

  private static FileFormat byRootElement(String text, int start) {
    int at = start;
    while (at < text.length()) {
      if (text.startsWith("<?", at)) {
        at = after(text, "?>", at);
      } else if (text.startsWith("<!--", at)) {
        at = after(text, "-->", at + "<!--".length());
      } else if (text.regionMatches(true, at, "<!doctype", 0, "<!doctype".length())) {
        int name = skipBlanks(text, at + "<!doctype".length());
        if (text.regionMatches(true, name, "html", 0, "html".length())) {
          return FileFormat.HTML;
        }
        at = afterDoctype(text, name);
      } else {
        return byName(text, at);
      }
      at = skipBlanks(text, at);
    }
    return FileFormat.UNKNOWN;
  }

  private static FileFormat byName(String text, int at) {
    int start = at + 1;
    int end = start;
    while (end < text.length() && isNameCharacter(text.charAt(end))) {
      end++;
    }
    String name = text.substring(Math.min(start, end), end);
    String local = name.substring(name.indexOf(':') + 1);
    if (local.equals("gpx")) {
      return FileFormat.GPX;
    }
    if (local.equals("TrainingCenterDatabase")) {
      return FileFormat.TCX;
    }
    return HTML_ELEMENTS.contains(local.toLowerCase(Locale.ROOT))
        ? FileFormat.HTML
        : FileFormat.UNKNOWN;
  }

  private static int after(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  /**
   * A document type ends with its first '>', or with the one after the brackets around its
   * declarations.
   */
  private static int afterDoctype(String text, int from) {
    int bracket = text.indexOf('[', from);
    int end = text.indexOf('>', from);
    return bracket >= 0 && bracket < end
        ? after(text, ">", after(text, "]", bracket))
        : after(text, ">", from);
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == ':' || c == '_' || c == '-' || c == '.';
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static String decode(byte[] head) {
    return new String(head, charset(head));
  }

  private static Charset charset(byte[] head) {
    if (head.length >= 2 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    if (head.length >= 2 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    return StandardCharsets.UTF_8;
  }

  private static Pattern endTag(String name) {
    return Pattern.compile("</(?:[\\w.-]+:)?" + name + "\\s*>");
  }
}
