package io.fitroute.fit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A definition message as it was read: how long its data messages are, and where in them a field
 * stands. Keeps only the fields with low numbers and the timestamp, so that hostile definitions, of
 * which millions fit into a file, are cheap.
 */
final class FieldPositions {
  static final int TIMESTAMP = 253;

  private static final int HIGHEST_FIELD = 27;
  private static final int TIMESTAMP_SLOT = HIGHEST_FIELD + 1;
  private static final int SLOTS = TIMESTAMP_SLOT + 1;
  private static final int NONE = -1;
  private static final int BASE_TYPE_STRING = 0x07;
  // what stands in the low five bits of a base type: its place in the list of types
  private static final int[] SIZES = {1, 1, 1, 2, 2, 4, 4, 1, 0, 0, 1, 2, 4, 1};

  private final int globalNumber;
  private final boolean bigEndian;
  private final int size;
  private final int[] positions;
  // 0 for a field that is not there
  private final int[] sizes;
  private final int[] types;

  /**
   * @param fields three bytes a field: number, size, base type
   * @param count number of fields
   * @param developerBytes size of the developer fields that follow in each message
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

  /** Bytes of a data message, without its first byte. */
  int size() {
    return size;
  }

  /**
   * The field's first value as an unsigned integer; empty when it is missing, not known, or not an
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

  /**
   * The field's text up to its end, without what could control a terminal; empty when there is
   * none.
   */
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
