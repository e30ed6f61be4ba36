package io.fitroute.fit;

/**
 * The types of FIT fields that every reader of protocol version 1.0 supports, except floating
 * point.
 *
 * <p>Each reserves one value that means unknown; it is written for anything a field cannot
 * represent.
 */
public enum BaseType {
  ENUM(0x00, 1, 0, 0xFE, 0xFF),
  SINT8(0x01, 1, -0x80, 0x7E, 0x7F),
  UINT8(0x02, 1, 0, 0xFE, 0xFF),
  SINT16(0x83, 2, -0x8000, 0x7FFE, 0x7FFF),
  UINT16(0x84, 2, 0, 0xFFFE, 0xFFFF),
  SINT32(0x85, 4, -0x8000_0000L, 0x7FFF_FFFEL, 0x7FFF_FFFFL),
  UINT32(0x86, 4, 0, 0xFFFF_FFFEL, 0xFFFF_FFFFL),
  /** UTF-8, terminated by a zero byte; the layout determines its size. */
  STRING(0x07, 1, 0, 0, 0),
  UINT8Z(0x0A, 1, 1, 0xFF, 0),
  UINT16Z(0x8B, 2, 1, 0xFFFF, 0),
  UINT32Z(0x8C, 4, 1, 0xFFFF_FFFFL, 0);

  private final int code;
  private final int size;
  private final long minimum;
  private final long maximum;
  private final long invalid;

  BaseType(int code, int size, long minimum, long maximum, long invalid) {
    this.code = code;
    this.size = size;
    this.minimum = minimum;
    this.maximum = maximum;
    this.invalid = invalid;
  }

  /** The number of this type in definition messages. */
  public int code() {
    return code;
  }

  /** The size of a value in bytes. */
  public int size() {
    return size;
  }

  /** The smallest valid value. */
  public long minimum() {
    return minimum;
  }

  /** The largest valid value. */
  public long maximum() {
    return maximum;
  }

  /** The value that means unknown. */
  public long invalid() {
    return invalid;
  }

  boolean holds(long value) {
    return value >= minimum && value <= maximum && value != invalid;
  }
}
