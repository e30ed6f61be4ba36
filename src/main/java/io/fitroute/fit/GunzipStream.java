package io.fitroute.fit;

import io.fitroute.fit.UnacceptableFile.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952) of one or several members, and tolerates zero bytes after the last one.
 *
 * <p>Unlike {@link java.util.zip.GZIPInputStream} it does not overflow the stack on many empty
 * members, does not swallow what follows the last one, and distinguishes corrupt data from a source
 * that cannot be read.
 */
final class GunzipStream extends InputStream {
  static final int FIRST_MAGIC = 0x1F;
  static final int SECOND_MAGIC = 0x8B;

  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 0x02;
  private static final int EXTRA = 0x04;
  private static final int NAME = 0x08;
  private static final int COMMENT = 0x10;
  private static final int RESERVED = 0xE0;
  private static final int FIXED_REST_OF_HEADER = 6;

  private final InputStream source;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 13];
  private int next;
  private int end;
  private boolean insideMember;
  private boolean memberSeen;
  private boolean done;

  GunzipStream(InputStream source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!done) {
      if (!insideMember) {
        startMember();
      } else if (inflater.finished()) {
        endMember();
      } else {
        int count = inflate(target, offset, length);
        if (count > 0) {
          crc.update(target, offset, count);
          return count;
        }
      }
    }
    return -1;
  }

  /** Frees the memory of the inflater; does not close the source. */
  @Override
  public void close() {
    done = true;
    inflater.end();
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      if (inflater.needsInput()) {
        if (next == end && !fill()) {
          throw truncated();
        }
        inflater.setInput(buffer, next, end - next);
        next = end;
      }
      int count = inflater.inflate(target, offset, length);
      if (inflater.needsDictionary()) {
        throw corrupt("it requires a dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw corrupt(String.valueOf(e.getMessage()));
    }
  }

  private void startMember() throws IOException {
    if (next == end && !fill()) {
      if (!memberSeen) {
        throw truncated();
      }
      done = true;
      return;
    }
    int first = readByte();
    if (memberSeen && first == 0) {
      return;
    }
    if (first != FIRST_MAGIC || readByte() != SECOND_MAGIC) {
      throw corrupt("the compressed data does not start with 1F 8B");
    }
    if (readByte() != DEFLATE) {
      throw corrupt("its method is not deflate");
    }
    int flags = readByte();
    if ((flags & RESERVED) != 0) {
      throw corrupt("reserved flags are set: 0x%02X".formatted(flags));
    }
    skip(FIXED_REST_OF_HEADER);
    if ((flags & EXTRA) != 0) {
      skip(readByte() | readByte() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    crc.reset();
    insideMember = true;
    memberSeen = true;
  }

  private void endMember() throws IOException {
    next = end - inflater.getRemaining();
    long crcFound = readInteger();
    long sizeFound = readInteger();
    if (crcFound != crc.getValue()) {
      throw corrupt(
          "its CRC is 0x%08X; that of the unpacked bytes is 0x%08X"
              .formatted(crcFound, crc.getValue()));
    }
    long size = inflater.getBytesWritten() & 0xFFFF_FFFFL;
    if (sizeFound != size) {
      throw corrupt("its size says %d bytes; there are %d".formatted(sizeFound, size));
    }
    insideMember = false;
  }

  private long readInteger() throws IOException {
    long value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (long) readByte() << 8 * i;
    }
    return value;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      readByte();
    }
  }

  private void skipText() throws IOException {
    int character;
    do {
      character = readByte();
    } while (character != 0);
  }

  private int readByte() throws IOException {
    if (next == end && !fill()) {
      throw truncated();
    }
    return buffer[next++] & 0xFF;
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, source.read(buffer));
    return end > 0;
  }

  private static RefusedBytes truncated() {
    return new RefusedBytes(Kind.TRUNCATED, "the gzip data ends too early");
  }

  private static RefusedBytes corrupt(String reason) {
    return new RefusedBytes(Kind.CORRUPT, "the gzip data is damaged: " + reason);
  }
}
