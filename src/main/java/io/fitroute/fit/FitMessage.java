package io.fitroute.fit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The values of one FIT message. Mutable and reusable: {@link #clear()}, set, {@link
 * FitWriter#write(FitMessage) write}. A field that is not set, or set to an impossible value, is
 * written as unknown.
 *
 * <p>Not thread-safe.
 */
public final class FitMessage {
  private final MessageLayout layout;
  private final byte[] blank;
  private final byte[] bytes;

  /** A message with all fields unknown. */
  public FitMessage(MessageLayout layout) {
    this.layout = layout;
    this.blank = layout.blank();
    this.bytes = layout.blank();
  }

  /** The fields of this message. */
  public MessageLayout layout() {
    return layout;
  }

  /** Makes all fields unknown. */
  public FitMessage clear() {
    System.arraycopy(blank, 0, bytes, 0, bytes.length);
    return this;
  }

  /**
   * Sets a field to a value in its unit (metres, seconds, ...), which is converted by the layout's
   * scale and offset. {@link Double#NaN}, infinities and values out of range become unknown.
   *
   * @throws IllegalArgumentException if the layout has no such field or it holds text
   */
  public FitMessage set(int fieldNumber, double value) {
    MessageLayout.Field field = numeric(fieldNumber);
    // NaN would round to 0; infinities round to the limits of long, which no field can hold
    double stored = (value + field.offset()) * field.scale();
    field.put(
        bytes, Double.isNaN(stored) ? field.type().invalid() : fitting(field, Math.round(stored)));
    return this;
  }

  /**
   * Sets a field to a stored number, without scale and offset. Values out of range become unknown.
   *
   * @throws IllegalArgumentException if the layout has no such field or it holds text
   */
  public FitMessage setStored(int fieldNumber, long stored) {
    MessageLayout.Field field = numeric(fieldNumber);
    field.put(bytes, fitting(field, stored));
    return this;
  }

  /**
   * Sets a field to a text, cut after the last whole character that fits. A zero character, which
   * would terminate the text, is left out.
   *
   * @throws IllegalArgumentException if the layout has no such field or it holds a number
   */
  public FitMessage setText(int fieldNumber, String text) {
    MessageLayout.Field field = layout.field(fieldNumber);
    if (field.type() != BaseType.STRING) {
      throw new IllegalArgumentException(
          "field %d of message %d holds a number".formatted(fieldNumber, layout.globalNumber()));
    }
    byte[] encoded = encode(text);
    int length = wholeCharacters(encoded, field.size() - 1);
    System.arraycopy(encoded, 0, bytes, field.position(), length);
    Arrays.fill(bytes, field.position() + length, field.position() + field.size(), (byte) 0);
    return this;
  }

  /** The size in bytes of a field for this text, up to the maximum size of a field. */
  public static int sizeOf(String text) {
    return Math.min(encode(text).length + 1, MessageLayout.MAXIMUM_FIELD_SIZE);
  }

  byte[] bytes() {
    return bytes;
  }

  private MessageLayout.Field numeric(int fieldNumber) {
    MessageLayout.Field field = layout.field(fieldNumber);
    if (field.type() == BaseType.STRING) {
      throw new IllegalArgumentException(
          "field %d of message %d holds text".formatted(fieldNumber, layout.globalNumber()));
    }
    return field;
  }

  private static long fitting(MessageLayout.Field field, long stored) {
    return field.type().holds(stored) ? stored : field.type().invalid();
  }

  private static byte[] encode(String text) {
    return text.replace("\0", "").getBytes(StandardCharsets.UTF_8);
  }

  private static int wholeCharacters(byte[] utf8, int limit) {
    if (utf8.length <= limit) {
      return utf8.length;
    }
    int length = limit;
    while (length > 0 && (utf8[length] & 0xC0) == 0x80) {
      length--;
    }
    return length;
  }
}
