package io.fitroute.fit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A definition message that was read: the size of its data messages and the positions of fields in
 * them. Only fields with low numbers and the timestamp are kept, so that hostile definitions, of
 * which a file can hold millions, are cheap.
 */
final class FieldPositions {
  static final int TIMESTAMP = 253;

  private static final int HIGHEST_FIELD = 27;
  private static final int TIMESTAMP_SLOT = HIGHEST_FIELD + 1;
  private static final int SLOTS = TIMESTAMP_SLOT + 1;
  private static final int NONE = -1;
  private static final int BASE_TYPE_STRING = 0x07;
  // indexed by the low five bits of a base type
  private static final int[] SIZES = {1, 1, 1, 2, 2, 4, 4, 1, 0, 0, 1, 2, 4, 1};

  private final int globalNumber;
  private final boolean bigEndian;
  private final int size;
  private final int[] positions;
  // 0 for an absent field
  private final int[] sizes;
  private final int[] types;

  /**
   * @param fields three bytes per field: number, size, base type
   * @param count the number of fields
   * @param developerBytes the size of the developer fields that follow in each message
   */
  FieldPositions(
      int globalNumber, boolean bigEndian, byte[] fields, int count, int developerBytes) {
    this.globalNumber = globalNumber;
    this.bigEndian = bigEndian;
    positions = new int[SLOTS];
    sizes = new int[SLOTS];
    types = new int[SLOTS];
    int position = 0;
    for (int i = 0; i < count; i++) {
      int slot = slot(fields[3 * i] & 0xFF);
      int fieldSize = fields[3 * i + 1] & 0xFF;
      if (slot != NONE) {
        positions[slot] = position;
        sizes[slot] = fieldSize;
        types[slot] = fields[3 * i + 2] & 0xFF;
      }
      position += fieldSize;
    }
    size = position + developerBytes;
  }

  int globalNumber() {
    return globalNumber;
  }

  /** The size of a data message in bytes, without its first byte. */
  int size() {
    return size;
  }

  /**
   * The first value of a field as an unsigned integer; empty if it is absent, unknown, or not an
   * integer.
   */
  OptionalLong unsigned(byte[] message, int field) {
    int slot = slot(field);
    int width = width(slot);
    if (width == 0) {
      return OptionalLong.empty();
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      int at = positions[slot] + (bigEndian ? i : width - 1 - i);
      value = value << 8 | message[at] & 0xFF;
    }
    long invalid = (1L << 8 * width) - 1;
    return value == invalid ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** The text of a field without control characters; empty if there is none. */
  Optional<String> text(byte[] message, int field) {
    int slot = slot(field);
    if (slot == NONE || types[slot] != BASE_TYPE_STRING) {
      return Optional.empty();
    }
    int start = positions[slot];
    int end = start;
    while (end < start + sizes[slot] && message[end] != 0) {
      end++;
    }
    String text = new String(message, start, end - start, StandardCharsets.UTF_8);
    return Optional.of(text.replaceAll("[\\p{Cc}\\p{Cf}]", " ").strip())
        .filter(found -> !found.isEmpty());
  }

  private int width(int slot) {
    if (slot == NONE) {
      return 0;
    }
    int type = types[slot] & 0x1F;
    int width = type < SIZES.length ? SIZES[type] : 0;
    return width <= sizes[slot] ? width : 0;
  }

  private static int slot(int field) {
    if (field <= HIGHEST_FIELD) {
      return field;
    }
    return field == TIMESTAMP ? TIMESTAMP_SLOT : NONE;
  }
}
