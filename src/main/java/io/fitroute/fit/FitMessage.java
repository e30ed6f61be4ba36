package io.fitroute.fit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The values of one FIT message. Mutable and meant to be used again: {@link #clear()}, set, {@link
 * FitWriter#write(FitMessage) write}. A field not set, or set to what it cannot hold, is written as
 * FIT's "not known".
 *
 * <p>Not for several threads at once.
 */
public final class FitMessage {
  private final MessageLayout layout;
  private final byte[] blank;
  private final byte[] bytes;

  /** A message of which nothing is known yet. */
  public FitMessage(MessageLayout layout) {
    this.layout = layout;
    this.blank = layout.blank();
    this.bytes = layout.blank();
  }

  /** Which fields this message has. */
  public MessageLayout layout() {
    return layout;
  }

  /** Forgets all values. */
  public FitMessage clear() {
    System.arraycopy(blank, 0, bytes, 0, bytes.length);
    return this;
  }

  /**
   * Sets a field to a value in its unit (metres, seconds, ...), which the layout's scale and offset
   * turn into the stored number. {@link Double#NaN}, infinities and what does not fit become "not
   * known".
   *
   * @throws IllegalArgumentException when the layout has no such field, or it holds text
   */
  public FitMessage set(int fieldNumber, double value) {
    MessageLayout.Field field = numeric(fieldNumber);
    // NaN would round to 0; infinities and other giants round to the ends of long, which no field
    // holds
    double stored = (value + field.offset()) * field.scale();
    field.put(
        bytes, Double.isNaN(stored) ? field.type().invalid() : fitting(field, Math.round(stored)));
    return this;
  }

  /**
   * Sets a field to a stored number, without scale and offset. What does not fit becomes "not
   * known".
   *
   * @throws IllegalArgumentException when the layout has no such field, or it holds text
   */
  public FitMessage setStored(int fieldNumber, long stored) {
    MessageLayout.Field field = numeric(fieldNumber);
    field.put(bytes, fitting(field, stored));
    return this;
  }

  /**
   * Sets a field to a text, which is cut after the last whole character that fits. A zero
   * character, which would end the text for its readers, is left out.
   *
   * @throws IllegalArgumentException when the layout has no such field, or it holds a number
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

  /** Bytes that a field needs to hold this text whole, as far as a field can. */
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
