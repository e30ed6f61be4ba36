package io.fitroute.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of a FIT message, their order, and the conversion of their values: the content of a
 * definition message, plus scale and offset, which are part of FIT's profile. Immutable; one layout
 * can be used for any number of messages.
 *
 * <pre>{@code
 * MessageLayout layout = MessageLayout.of(20).field(253, UINT32).field(78, UINT32, 5, 500).build();
 * FitMessage message = new FitMessage(layout);
 * }</pre>
 */
public final class MessageLayout {
  /** The maximum size of a field in bytes. */
  public static final int MAXIMUM_FIELD_SIZE = 255;

  private static final int FIELDS = 256;

  private final int globalNumber;
  private final List<Field> fields;
  private final int[] positions;
  private final byte[] definition;
  private final byte[] blank;

  private MessageLayout(int globalNumber, List<Field> fields) {
    this.globalNumber = globalNumber;
    this.fields = List.copyOf(fields);
    positions = new int[FIELDS];
    Arrays.fill(positions, -1);
    for (int i = 0; i < fields.size(); i++) {
      positions[fields.get(i).number()] = i;
    }
    definition = encodeDefinition();
    blank = encodeBlank();
  }

  /** Starts the layout of a message by its number in FIT's profile, e.g. 20 for a record. */
  public static Builder of(int globalNumber) {
    if (!BaseType.UINT16.holds(globalNumber)) {
      throw new IllegalArgumentException(
          "message number %d is not within 0 to 65534".formatted(globalNumber));
    }
    return new Builder(globalNumber);
  }

  /** The message's number in FIT's profile. */
  public int globalNumber() {
    return globalNumber;
  }

  /** The size of a message in bytes, without its first byte, which names the layout. */
  public int size() {
    return blank.length;
  }

  /** Whether messages of this layout have the field. */
  public boolean has(int fieldNumber) {
    return fieldNumber >= 0 && fieldNumber < FIELDS && positions[fieldNumber] >= 0;
  }

  Field field(int number) {
    if (!has(number)) {
      throw new IllegalArgumentException(
          "message %d has no field %d in this layout: it has %s"
              .formatted(globalNumber, number, fields.stream().map(Field::number).toList()));
    }
    return fields.get(positions[number]);
  }

  /** The definition message, without its first byte. */
  byte[] definition() {
    return definition;
  }

  /** A message with all fields unknown. */
  byte[] blank() {
    return blank.clone();
  }

  private byte[] encodeDefinition() {
    byte[] bytes = new byte[5 + 3 * fields.size()];
    bytes[2] = (byte) globalNumber;
    bytes[3] = (byte) (globalNumber >>> 8);
    bytes[4] = (byte) fields.size();
    int at = 5;
    for (Field field : fields) {
      bytes[at++] = (byte) field.number();
      bytes[at++] = (byte) field.size();
      bytes[at++] = (byte) field.type().code();
    }
    return bytes;
  }

  private byte[] encodeBlank() {
    byte[] bytes = new byte[fields.stream().mapToInt(Field::size).sum()];
    for (Field field : fields) {
      field.put(bytes, field.type().invalid());
    }
    return bytes;
  }

  /** A field with its position in the message; stored = (value + offset) * scale. */
  record Field(int number, BaseType type, int size, double scale, double offset, int position) {
    void put(byte[] message, long stored) {
      for (int i = 0; i < type.size(); i++) {
        message[position + i] = (byte) (stored >>> 8 * i);
      }
    }
  }

  /** Collects the fields of a layout in the order in which they are written. */
  public static final class Builder {
    private final int globalNumber;
    private final List<Field> fields = new ArrayList<>();
    private int size;

    private Builder(int globalNumber) {
      this.globalNumber = globalNumber;
    }

    /** Adds a number that is stored unchanged. */
    public Builder field(int number, BaseType type) {
      return field(number, type, 1, 0);
    }

    /** Adds a number that is stored as {@code (value + offset) * scale}, rounded. */
    public Builder field(int number, BaseType type, double scale, double offset) {
      if (type == BaseType.STRING) {
        throw new IllegalArgumentException(
            "field %d: a string is added with text()".formatted(number));
      }
      return add(number, type, type.size(), scale, offset);
    }

    /** Adds a string of at most {@code size - 1} bytes of UTF-8. */
    public Builder text(int number, int size) {
      return add(number, BaseType.STRING, size, 1, 0);
    }

    /**
     * The layout of the fields added so far.
     *
     * @throws IllegalStateException if there are none, because some readers refuse a message
     *     without fields
     */
    public MessageLayout build() {
      if (fields.isEmpty()) {
        throw new IllegalStateException("message %d has no field".formatted(globalNumber));
      }
      return new MessageLayout(globalNumber, fields);
    }

    private Builder add(int number, BaseType type, int fieldSize, double scale, double offset) {
      if (!BaseType.UINT8.holds(number)) {
        throw new IllegalArgumentException(
            "field number %d is not within 0 to 254".formatted(number));
      }
      if (fieldSize < 1 || fieldSize > MAXIMUM_FIELD_SIZE) {
        throw new IllegalArgumentException(
            "field %d of %d bytes: 1 to %d are possible"
                .formatted(number, fieldSize, MAXIMUM_FIELD_SIZE));
      }
      if (fields.stream().anyMatch(field -> field.number() == number)) {
        throw new IllegalArgumentException("field %d is there already".formatted(number));
      }
      fields.add(new Field(number, type, fieldSize, scale, offset, size));
      size += fieldSize;
      return this;
    }
  }
}
