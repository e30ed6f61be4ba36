package io.fitroute.fit;

import com.garmin.fit.CRC;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Builds a FIT file byte by byte, including forms that our writer never produces. Checksums are
 * Garmin's.
 */
public final class RawFitFile {
  /** The checksum in a header of 14 bytes. */
  public enum HeaderCrc {
    RIGHT,
    ZERO,
    WRONG
  }

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private int headerSize = 14;
  private HeaderCrc headerCrc = HeaderCrc.RIGHT;
  private int protocolVersion = 0x10;
  private int dataSizeError;
  private int crcError;

  public RawFitFile headerSize(int bytes) {
    headerSize = bytes;
    return this;
  }

  public RawFitFile headerCrc(HeaderCrc crc) {
    headerCrc = crc;
    return this;
  }

  public RawFitFile protocolVersion(int version) {
    protocolVersion = version;
    return this;
  }

  /** The error to add to the data size in the header. */
  public RawFitFile dataSizeError(int bytes) {
    dataSizeError = bytes;
    return this;
  }

  /** Bits to flip in the file's checksum. */
  public RawFitFile crcError(int bits) {
    crcError = bits;
    return this;
  }

  /**
   * A definition message.
   *
   * @param fields number, size and base type of each field
   */
  public RawFitFile definition(int localType, ByteOrder order, int globalNumber, int... fields) {
    return definition(localType, order, globalNumber, fields, new int[0]);
  }

  /**
   * A definition message, with developer fields unless there are none.
   *
   * @param fields number, size and base type of each field
   * @param developerFields number, size and developer index of each field
   */
  public RawFitFile definition(
      int localType, ByteOrder order, int globalNumber, int[] fields, int[] developerFields) {
    boolean developer = developerFields.length > 0;
    data.write((developer ? 0x60 : 0x40) | localType);
    data.write(0);
    data.write(order == ByteOrder.BIG_ENDIAN ? 1 : 0);
    data.writeBytes(ByteBuffer.allocate(2).order(order).putShort((short) globalNumber).array());
    data.write(fields.length / 3);
    for (int value : fields) {
      data.write(value);
    }
    if (developer) {
      data.write(developerFields.length / 3);
      for (int value : developerFields) {
        data.write(value);
      }
    }
    return this;
  }

  /** A data message. */
  public RawFitFile data(int localType, ByteBuffer message) {
    data.write(localType);
    data.writeBytes(message.array());
    return this;
  }

  /** A data message with a compressed timestamp. */
  public RawFitFile compressed(int localType, int offset, ByteBuffer message) {
    data.write(0x80 | localType << 5 | offset);
    data.writeBytes(message.array());
    return this;
  }

  /** Any bytes instead of a message. */
  public RawFitFile bytes(byte... bytes) {
    data.writeBytes(bytes);
    return this;
  }

  /** The file: header, messages, checksum. */
  public byte[] build() {
    ByteBuffer file =
        ByteBuffer.allocate(headerSize + data.size() + 2).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) headerSize).put((byte) protocolVersion).putShort((short) 2132);
    file.putInt(data.size() + dataSizeError).put(".FIT".getBytes(StandardCharsets.US_ASCII));
    if (headerSize == 14) {
      int crc = crc(file.array(), 12);
      file.putShort(
          (short)
              switch (headerCrc) {
                case RIGHT -> crc;
                case ZERO -> 0;
                case WRONG -> crc == 0xFFFF ? 1 : crc + 1;
              });
    }
    file.put(data.toByteArray());
    file.putShort((short) (crc(file.array(), file.position()) ^ crcError));
    return file.array();
  }

  /** Garmin's checksum of the first bytes. */
  public static int crc(byte[] bytes, int length) {
    int crc = 0;
    for (int i = 0; i < length; i++) {
      crc = CRC.get16(crc, bytes[i]);
    }
    return crc;
  }
}
