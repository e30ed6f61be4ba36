package io.fitroute.fit;

/**
 * The checksum of FIT: CRC-16/ARC, polynomial 0x8005 reflected, initial value 0.
 *
 * <p>The checksum of bytes followed by their own checksum, low byte first, is 0.
 */
final class Crc16 {
  private static final int[] TABLE = table();

  private int value;

  int value() {
    return value;
  }

  void reset() {
    value = 0;
  }

  void update(byte[] bytes, int offset, int length) {
    int crc = value;
    for (int i = offset; i < offset + length; i++) {
      crc = crc >>> 8 ^ TABLE[(crc ^ bytes[i]) & 0xFF];
    }
    value = crc;
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xA001;
      }
      table[i] = crc;
    }
    return table;
  }
}
